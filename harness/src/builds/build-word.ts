import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../usage-error.ts";
import type { Git } from "./git.ts";
import { parsePeerVersion, type PeerVersion } from "./peer-version.ts";

/** What a word of a command line names to be built. */
export type BuildSource =
  | { readonly kind: "working-tree" }
  | { readonly kind: "ref"; readonly commit: string }
  | { readonly kind: "tarball"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "peer"; readonly peer: PeerVersion };

const WORKING_TREE: ReadonlySet<string> = new Set([".", "worktree"]);
const TARBALL = /\.(tgz|tar\.gz|tar)$/i;

/**
 * The working tree (`.` or `worktree`), a version of a library (`ort-node@1.29.0`), a git ref, a tarball or a folder with
 * the sources. A ref comes before a file of the same name, as everywhere in git; `./NAME` is always the file.
 * @param git of the calling checkout
 * @throws UsageError where the word names nothing
 */
export async function parseBuildWord(
  word: string,
  git: Pick<Git, "commitOf" | "isCheckout">,
  folder = process.cwd(),
): Promise<BuildSource> {
  if (WORKING_TREE.has(word)) return { kind: "working-tree" };
  const peer = parsePeerVersion(word);
  if (peer) return { kind: "peer", peer };
  const commit = /^\.{0,2}[/\\]/.test(word) ? undefined : await git.commitOf(word);
  if (commit !== undefined) return { kind: "ref", commit };
  const path = resolve(folder, word);
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return { kind: "folder", path };
    if (TARBALL.test(path)) return { kind: "tarball", path };
  }
  if (!(await git.isCheckout()))
    throw new UsageError(
      `"${word}" is no build: the calling folder is no checkout of git, and knows no refs. Name the folder itself (.), a tarball (x.tgz), another folder, or a version of a library (ort-node@1.29.0); or compare in a clone.`,
    );
  throw new UsageError(
    `"${word}" is no build. Name a git ref (HEAD~1), the working tree (.), a tarball (x.tgz), a folder with the sources, or a version of a library (ort-node@1.29.0).`,
  );
}
