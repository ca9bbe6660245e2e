import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { makeFolders } from "./make-folders.ts";
import { codeOf, LostBytesError, WriteError } from "./write-error.ts";

/**
 * Writes a file so that a reader sees the old content or all of the new, never a part: to the last byte into a file
 * beside it, which is flushed, read back and compared before it takes the name. Folders are made where missing; a
 * link stays a link. What is no file (a pipe, a device) is written to as it is.
 * @throws WriteError where that fails; then what stood there is as it was, and nothing is left beside it
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  try {
    await makeFolders(dirname(resolve(path)));
    const old = await statIfThere(path);
    if (old && !old.isFile()) await writeFile(path, bytes);
    else await replace(old ? await realpath(path) : path, bytes, old);
  } catch (cause) {
    throw new WriteError(path, cause);
  }
}

async function replace(target: string, bytes: Uint8Array, old: Stats | undefined): Promise<void> {
  const folder = dirname(target);
  const beside = join(folder, `.${randomBytes(6).toString("hex")}.part`);
  try {
    await writeNew(beside, bytes, old);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await flushFolder(folder);
}

async function writeNew(path: string, bytes: Uint8Array, old: Stats | undefined): Promise<void> {
  const file = await open(path, "wx", old?.mode);
  try {
    // Goes on after a short write, as a single `write` would not.
    await file.writeFile(bytes);
    if (old && process.getuid?.() === 0) await file.chown(old.uid, old.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  if (!(await readFile(path)).equals(bytes)) throw new LostBytesError();
}

/** So that the new name, too, outlasts a loss of power. Not every system can do that for folders. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (!["EACCES", "EINVAL", "ENOSYS", "ENOTSUP", "EPERM"].includes(codeOf(error) ?? "")) throw error;
  }
}

export async function statIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}
