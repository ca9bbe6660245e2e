import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { UsageError } from "../usage-error.ts";

/** The state of a working tree, its uncommitted changes included. */
interface Snapshot {
  /** The id of a git tree, the same for the same content. */
  readonly tree: string;
  /** Null where there is none. */
  readonly commit: string | null;
  /** Null where there is no commit that it could differ from. */
  readonly dirty: boolean | null;
}

/** Sources in a folder, which is read and never changed; git lists them, also where they are no checkout of it. */
export interface Git {
  /**
   * Whether the folder is a checkout of its own, of a commit. One that lies within another's checkout is none: those
   * commits are not of it.
   * @throws UsageError where git cannot read the checkout
   */
  isCheckout(): Promise<boolean>;
  /** The hash of the commit that a ref names; undefined where it names none, as outside of a checkout. */
  commitOf(ref: string): Promise<string | undefined>;
  /** Branches and tags by their short names; none where git cannot tell. */
  refs(): Promise<string[]>;
  snapshot(): Promise<Snapshot>;
  /** The files of a commit as a tar. */
  archiveCommit(commit: string, file: string): Promise<void>;
  /** The files of the working tree as a tar, with their changes and without what git ignores. */
  archiveWorkingTree(file: string): Promise<void>;
}

/** @param folder the root of the sources */
export function gitOf(folder: string): Git {
  const mayBeCheckout = () => existsSync(join(folder, ".git"));
  const run = (words: readonly string[], env: Record<string, string> = {}) =>
    execa("git", words, { cwd: folder, env, stdin: "ignore", reject: false });
  const output = async (words: readonly string[], env: Record<string, string> = {}) => {
    const { failed, stdout, stderr, shortMessage } = await run(words, env);
    if (failed)
      throw new UsageError(
        `git ${words[0]} fails in ${folder}: ${stderr.trim() || (shortMessage ?? "")}. Compare builds where git runs, in a clone that it can read.`,
      );
    return stdout.trim();
  };
  const isCheckout = async () => {
    if (!mayBeCheckout()) return false;
    await output(["rev-parse", "--git-dir"]);
    return !(await run(["rev-parse", "--verify", "--quiet", "HEAD"])).failed;
  };
  const withContent = async <T>(use: UseTree<T>) =>
    (await isCheckout()) ? withTree(output, use) : withTreeOfFolder(folder, output, use);
  return {
    isCheckout,
    async commitOf(ref) {
      if (!(await isCheckout())) return undefined;
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
      if (!mayBeCheckout()) return [];
      const { failed, stdout } = await run([
        "for-each-ref",
        "--format=%(refname:short)",
        "refs/heads",
        "refs/tags",
      ]);
      return failed ? [] : stdout.split("\n").filter((name) => name !== "");
    },
    async snapshot() {
      const tree = await withContent((id) => Promise.resolve(id));
      if (!(await isCheckout())) return { tree, commit: null, dirty: null };
      const [commit, status] = await Promise.all([
        output(["rev-parse", "HEAD"]),
        output(["--no-optional-locks", "status", "--porcelain"]),
      ]);
      return { tree, commit, dirty: status !== "" };
    },
    async archiveCommit(commit, file) {
      await output(["archive", "--format=tar", `--output=${file}`, commit]);
    },
    async archiveWorkingTree(file) {
      await withContent((tree, env) => output(["archive", "--format=tar", `--output=${file}`, tree], env));
    },
  };
}

type Output = (words: readonly string[], env?: Record<string, string>) => Promise<string>;
/** @param env in which git knows the tree */
type UseTree<T> = (tree: string, env: Record<string, string>) => Promise<T>;

/** The working tree as a git tree, written beside the checkout: its index and its objects stay as they are. */
async function withTree<T>(output: Output, use: UseTree<T>): Promise<T> {
  return beside(async (folder) => {
    const objects = join(folder, "objects");
    await mkdir(objects);
    const env = {
      GIT_INDEX_FILE: join(folder, "index"),
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
    return use(await output(["write-tree"], env), env);
  });
}

/** The same of a folder without git, by a repository that lies elsewhere; what its `.gitignore` names is not of it. */
async function withTreeOfFolder<T>(sources: string, output: Output, use: UseTree<T>): Promise<T> {
  return beside(async (folder) => {
    const env = {
      GIT_DIR: join(folder, "repository"),
      GIT_WORK_TREE: sources,
      GIT_INDEX_FILE: join(folder, "index"),
    };
    await output(["init", "--quiet"], env);
    await output(["add", "--all"], env);
    return use(await output(["write-tree"], env), env);
  });
}

async function beside<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "mnb-tree-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
