import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { UsageError } from "../usage-error.ts";

/** The state of a working tree, its uncommitted changes included. */
interface Snapshot {
  /** The id of a git tree, the same for the same content. */
  readonly tree: string;
  readonly commit: string;
  readonly dirty: boolean;
}

/** A checkout, which is read and never changed. */
export interface Git {
  /** The hash of the commit that a ref names; undefined where it names none. */
  commitOf(ref: string): Promise<string | undefined>;
  /** Branches and tags by their short names; none where git cannot tell. */
  refs(): Promise<string[]>;
  /** @throws UsageError where the folder is no checkout of git */
  snapshot(): Promise<Snapshot>;
  /** The files of a commit as a tar. */
  archiveCommit(commit: string, file: string): Promise<void>;
  /** The files of the working tree as a tar, with their changes and without what git ignores. */
  archiveWorkingTree(file: string): Promise<void>;
}

/** @param folder the root of the checkout */
export function gitOf(folder: string): Git {
  const run = (words: readonly string[], env: Record<string, string> = {}) =>
    execa("git", words, { cwd: folder, env, stdin: "ignore", reject: false });
  const output = async (words: readonly string[], env: Record<string, string> = {}) => {
    const { failed, stdout, stderr, shortMessage } = await run(words, env);
    if (failed)
      throw new UsageError(
        `git ${words[0]} fails in ${folder}: ${stderr.trim() || (shortMessage ?? "")}. Compare builds in a clone that git can read.`,
      );
    return stdout.trim();
  };
  return {
    async commitOf(ref) {
      const { failed, stdout } = await run([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        `${ref}^{commit}`,
      ]);
      return failed ? undefined : stdout.trim();
    },
    async refs() {
      const { failed, stdout } = await run([
        "for-each-ref",
        "--format=%(refname:short)",
        "refs/heads",
        "refs/tags",
      ]);
      return failed ? [] : stdout.split("\n").filter((name) => name !== "");
    },
    async snapshot() {
      const [tree, commit, status] = await Promise.all([
        withTree(output, (id) => Promise.resolve(id)),
        output(["rev-parse", "HEAD"]),
        output(["--no-optional-locks", "status", "--porcelain"]),
      ]);
      return { tree, commit, dirty: status !== "" };
    },
    async archiveCommit(commit, file) {
      await output(["archive", "--format=tar", `--output=${file}`, commit]);
    },
    async archiveWorkingTree(file) {
      await withTree(output, (tree, env) =>
        output(["archive", "--format=tar", `--output=${file}`, tree], env),
      );
    },
  };
}

type Output = (words: readonly string[], env?: Record<string, string>) => Promise<string>;

/** The working tree as a git tree, written beside the checkout: its index and its objects stay as they are. */
async function withTree<T>(
  output: Output,
  use: (tree: string, env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const beside = await mkdtemp(join(tmpdir(), "mnb-tree-"));
  try {
    const objects = join(beside, "objects");
    await mkdir(objects);
    const env = {
      GIT_INDEX_FILE: join(beside, "index"),
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: await output([
        "rev-parse",
        "--path-format=absolute",
        "--git-path",
        "objects",
      ]),
    };
    await output(["read-tree", "HEAD"], env);
    await output(["add", "--all"], env);
    return await use(await output(["write-tree"], env), env);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
