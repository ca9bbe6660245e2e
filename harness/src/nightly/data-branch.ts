import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UsageError } from "../usage-error.ts";

/** A branch that nights are published on, in any repository that git can push to. */
export interface DataBranch {
  /** A checkout of the branch and of nothing else. */
  readonly folder: string;
  /** A URL or a path. */
  readonly remote: string;
  readonly branch: string;
}

/** How publishing ended. */
export interface Published {
  /** Null where there was nothing new. */
  readonly commit: string | null;
  readonly files: number;
}

/** Whoever pushed at the same moment may do so again. */
const TRIES = 4;
/** What a user's own settings must not change: bytes stay as they are, and nobody is asked for a key. */
const SETTINGS = ["-c", "core.autocrlf=false", "-c", "commit.gpgSign=false"];
/** Of what is committed here, where git knows nobody. */
const NOBODY = { name: "mobilenet-bench", email: "mobilenet-bench@localhost" } as const;
/** A push that fails for this reason came second. */
const CAME_SECOND =
  /\[(?:remote )?rejected\]|non-fast-forward|fetch first|cannot lock ref|failed to update ref/;

/**
 * Brings the folder to what is published. What an earlier night has left unpublished in it stays, after that.
 * @throws UsageError where the remote cannot be had, or both sides changed the same file
 */
export async function fetchData({ folder, remote, branch }: DataBranch): Promise<void> {
  const git = gitIn(folder, remote);
  await mkdir(folder, { recursive: true });
  if (!existsSync(join(folder, ".git"))) await git.must(["init", "--quiet", `--initial-branch=${branch}`]);
  await commitAll(git, "Keep what was not published");
  if (!(await isThere(git, { remote, branch }))) return;
  await git.must(["fetch", "--quiet", "--no-tags", remote, `refs/heads/${branch}`]);
  const { ok: hasCommits } = await git.run(["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (hasCommits) await rebase(git, branch);
  else await git.must(["reset", "--quiet", "--hard", "FETCH_HEAD"]);
}

/**
 * Commits all that is new in the folder and pushes it. Nothing on the branch is ever overwritten: where somebody else was
 * first, this follows theirs, and where both changed one file, neither is lost and nothing is pushed.
 * @throws UsageError where it cannot be pushed
 */
export async function publishData(
  { folder, remote, branch }: DataBranch,
  message: string,
): Promise<Published> {
  if (!existsSync(join(folder, ".git")))
    throw new UsageError(`${folder} is no checkout of the data. Run mnb nightly fetch first.`);
  const git = gitIn(folder, remote);
  const files = await commitAll(git, message);
  const { ok: hasCommits } = await git.run(["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (!hasCommits) return { commit: null, files };
  for (let i = 0; i < TRIES; i++) {
    const before = await tipOf(git, { remote, branch });
    const head = (await git.must(["rev-parse", "HEAD"])).trim();
    if (before === head) return { commit: null, files };
    const push = await git.run(["push", "--porcelain", remote, `HEAD:refs/heads/${branch}`]);
    if (push.ok) return { commit: head, files };
    if (!CAME_SECOND.test(push.output)) throw failed(["push"], folder, push.output);
    await git.must(["fetch", "--quiet", "--no-tags", remote, `refs/heads/${branch}`]);
    await rebase(git, branch);
  }
  throw new UsageError(
    `${branch} was pushed to ${TRIES} times while this was published. Nothing is lost: run mnb nightly publish again.`,
  );
}

/** @returns how many files are in the commit; 0 where nothing was new */
async function commitAll(git: Git, message: string): Promise<number> {
  await git.must(["add", "--all"]);
  const changed = (await git.must(["diff", "--cached", "--name-only", "-z"])).split("\0").filter(Boolean);
  if (changed.length > 0) await git.must(["commit", "--quiet", "--no-verify", `--message=${message}`]);
  return changed.length;
}

async function rebase(git: Git, branch: string): Promise<void> {
  const { ok, output } = await git.run(["rebase", "--quiet", "FETCH_HEAD"]);
  if (ok) return;
  await git.run(["rebase", "--abort"]);
  throw new UsageError(
    `What is published on ${branch} and what is to be published changed the same file: ${output.trim()}. Both are as they were. Move ${git.folder} away, then run mnb nightly fetch, report and publish again.`,
  );
}

async function isThere(git: Git, where: Pick<DataBranch, "remote" | "branch">): Promise<boolean> {
  return (await tipOf(git, where)) !== undefined;
}

/** The commit that the branch of the remote is at; undefined where there is no such branch yet. */
async function tipOf(
  git: Git,
  { remote, branch }: Pick<DataBranch, "remote" | "branch">,
): Promise<string | undefined> {
  const listed = await git.must(["ls-remote", "--heads", remote, `refs/heads/${branch}`]);
  const [commit] = listed.split(/\s/);
  return commit === "" ? undefined : commit;
}

/** Git in a folder. */
interface Git {
  readonly folder: string;
  run(words: readonly string[]): Promise<{ readonly ok: boolean; readonly output: string }>;
  /** @throws UsageError where it fails */
  must(words: readonly string[]): Promise<string>;
}

function gitIn(folder: string, remote: string): Git {
  const env = { ...environmentFor(remote), GIT_TERMINAL_PROMPT: "0" };
  const run: Git["run"] = async (words) => {
    const settings = [...SETTINGS, ...(await identityIn(folder))];
    const {
      failed: hasFailed,
      stdout,
      stderr,
      shortMessage,
    } = await execa("git", [...settings, ...words], {
      cwd: folder,
      env,
      stdin: "ignore",
      reject: false,
      stripFinalNewline: false,
    });
    return { ok: !hasFailed, output: hasFailed ? `${stdout}${stderr}` || (shortMessage ?? "") : stdout };
  };
  return {
    folder,
    run,
    async must(words) {
      const { ok, output } = await run(words);
      if (!ok) throw failed(words, folder, output);
      return output;
    },
  };
}

function failed(words: readonly string[], folder: string, output: string): UsageError {
  return new UsageError(
    `git ${words[0]} fails in ${folder}: ${output.trim()}. Check the remote and its branch, and run the command again.`,
  );
}

/** Whoever git knows, else the program itself. */
async function identityIn(folder: string): Promise<string[]> {
  const { stdout } = await execa("git", ["config", "user.email"], {
    cwd: folder,
    stdin: "ignore",
    reject: false,
  });
  if (stdout.trim() !== "") return [];
  return ["-c", `user.name=${NOBODY.name}`, "-c", `user.email=${NOBODY.email}`];
}

/**
 * In a job of GitHub's, its token opens the job's own repository. Git takes it from the environment: on a command line
 * everybody could read it, and in a file it would stay.
 */
function environmentFor(remote: string): Record<string, string> {
  const { GITHUB_TOKEN, GITHUB_SERVER_URL } = process.env;
  if (!GITHUB_TOKEN || !GITHUB_SERVER_URL || !remote.startsWith(`${GITHUB_SERVER_URL}/`)) return {};
  const basic = Buffer.from(`x-access-token:${GITHUB_TOKEN}`).toString("base64");
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${GITHUB_SERVER_URL}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
