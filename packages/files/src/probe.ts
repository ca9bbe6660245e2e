import { randomBytes } from "node:crypto";
import { open, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { makeFolders } from "./make-folders.ts";
import { codeOf, WriteError } from "./write-error.ts";
import { statIfThere } from "./write-whole.ts";

/**
 * Finds out whether `writeWhole` could write this file, by writing a byte beside it. Leaves nothing behind.
 * @throws WriteError where it could not
 */
export async function probeFile(path: string): Promise<void> {
  try {
    const there = await statIfThere(path);
    // Lets the system itself say that a folder is no file. A pipe would wait for its reader.
    if (there?.isDirectory()) await (await open(path, "a")).close();
    if (there && !there.isFile()) return;
    await probe(dirname(resolve(path)));
  } catch (cause) {
    throw new WriteError(path, cause);
  }
}

/**
 * Finds out whether files could be written into this folder, which need not be there yet. Leaves nothing behind.
 * @throws WriteError where they could not
 */
export async function probeFolder(path: string): Promise<void> {
  try {
    await probe(resolve(path));
  } catch (cause) {
    throw new WriteError(path, cause);
  }
}

async function probe(folder: string): Promise<void> {
  const firstMade = await makeFolders(folder);
  const path = join(folder, `.${randomBytes(6).toString("hex")}.part`);
  try {
    const file = await open(path, "wx");
    await file.writeFile("?").finally(() => file.close());
  } finally {
    await rm(path, { force: true });
    if (firstMade !== undefined) await removeEmpty(folder, firstMade);
  }
}

/** From the innermost out, as far as they were made here and nobody has put anything there meanwhile. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  try {
    for (let inner = folder; inner.length >= outermost.length; inner = dirname(inner)) await rmdir(inner);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error) ?? "")) throw error;
  }
}
