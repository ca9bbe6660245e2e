import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import type { RunSummary } from "./run-digest.ts";

/** Summaries of runs that were made before, by the names of their files, which tell their content. */
export interface SummaryCache {
  of(file: string, make: () => Promise<RunSummary>): Promise<RunSummary>;
}

/** Keeps nothing. */
export const NO_CACHE: SummaryCache = { of: (_, make) => make() };

interface Stored extends RunSummary {
  /** Of the code that made it. */
  readonly code: string;
}

/** Keeps summaries in a folder, for as long as the code that makes them is the same. */
export async function summaryCache(folder: string): Promise<SummaryCache> {
  const code = await codeKey();
  await mkdir(folder, { recursive: true });
  return {
    async of(file, make) {
      const path = join(folder, file);
      const known = await readStored(path);
      if (known?.code === code) return known;
      const made = await make();
      const stored: Stored = { code, ...made };
      await writeFile(path, JSON.stringify(stored));
      return made;
    },
  };
}

/** Nothing where there is none or it is torn: it is made again. */
async function readStored(path: string): Promise<Stored | undefined> {
  try {
    const stored: Stored = JSON.parse(await readFile(path, "utf8"));
    return stored;
  } catch {
    return undefined;
  }
}

/** A hash of the names, sizes and times of all that is built of this package and of `results`. */
async function codeKey(): Promise<string> {
  const results = dirname(fileURLToPath(import.meta.resolve("@mobilenet-bench/results")));
  const hash = createHash("sha256");
  for (const folder of [join(PACKAGE_FOLDER, "dist"), results]) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
    for (const name of names.toSorted()) {
      const { size, mtimeMs } = await stat(join(folder, name));
      hash.update(`${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}
