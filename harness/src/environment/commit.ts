import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@mobilenet-bench/results";
import { thisPack } from "../this-pack.ts";

/**
 * Which source this program was made from. A pack tells it itself, wherever it lies now; null outside a git
 * checkout: a published package has no commit of its own, and sources that merely lie within a checkout are not of its.
 * @param folder the root of the sources
 */
export async function sourceCommit(
  folder: string,
  pack = thisPack,
): Promise<Pick<Environment, "commit" | "dirty">> {
  if (pack !== null) return { commit: pack.commit, dirty: pack.dirty };
  if (!existsSync(join(folder, ".git"))) return { commit: null, dirty: null };
  // Large: what asks for no commit should not wait for it.
  const { execa } = await import("execa");
  const git = (...words: string[]) => execa("git", words, { cwd: folder, reject: false });
  const [head, status] = await Promise.all([
    git("rev-parse", "HEAD"),
    git("--no-optional-locks", "status", "--porcelain"),
  ]);
  if (head.exitCode !== 0 || status.exitCode !== 0) return { commit: null, dirty: null };
  return { commit: head.stdout.trim(), dirty: status.stdout.trim() !== "" };
}
