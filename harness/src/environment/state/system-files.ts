import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a kernel tells in files: read at once and without waiting, since each takes a few microseconds. */
export interface SystemFiles {
  /** Without the space around it; undefined where there is no such file, or none that may be read. */
  text(path: string): string | undefined;
  /** The same as a number; undefined where it is none. */
  number(path: string): number | undefined;
  /** Names in a folder, in their natural order; none where there is no such folder. */
  names(folder: string): readonly string[];
}

/** @param root of the system, for tests */
export function systemFiles(root = "/"): SystemFiles {
  const text = (path: string) => {
    try {
      return readFileSync(join(root, path), "utf8").trim();
    } catch {
      return undefined;
    }
  };
  return {
    text,
    number(path) {
      const told = text(path);
      const value = Number(told);
      return told === undefined || told === "" || Number.isNaN(value) ? undefined : value;
    },
    names(folder) {
      try {
        return readdirSync(join(root, folder)).toSorted((a, b) =>
          a.localeCompare(b, "en", { numeric: true }),
        );
      } catch {
        return [];
      }
    },
  };
}
