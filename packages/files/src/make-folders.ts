import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "./write-error.ts";

/**
 * A folder and those above it that are not there, one at a time: Node's own way, all at once, never ends where a file
 * system lets none be made although the one above is there (as in `/proc`).
 * @returns the outermost that was made, if any
 */
export async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") {
      // A file of that name: let the system say so.
      await mkdir(folder, { recursive: true });
      return undefined;
    }
    const above = dirname(folder);
    if (code !== "ENOENT" || above === folder) throw error;
    const outermost = await makeFolders(above);
    await mkdir(folder);
    return outermost ?? folder;
  }
}
