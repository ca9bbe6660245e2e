import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** Of the names that the store gives: the day, and a hash of the content, so a file of that name never changes. */
const STORED = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.json$/;

/** Paths of the run files in a folder; none where it does not exist. */
export async function runFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
}

/** Those under names that the store gives, by name, in the order of names: a run that lies in two folders is there once. */
export async function storedRunFiles(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = (await Promise.all(folders.map(runFiles))).flat();
  const named = paths.map((path) => [basename(path), path] as const).filter(([name]) => STORED.test(name));
  return new Map(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
