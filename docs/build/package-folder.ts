import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, seen from its sources and from what is built of them. */
export const PACKAGE_FOLDER = folderAbove(import.meta.dirname);

function folderAbove(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, "package.json")) || parent === folder ? folder : folderAbove(parent);
}
