import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { dayOf } from "../day.ts";
import { isOfSameKind } from "../another-run.ts";
import type { Run } from "../schema.ts";
import { HISTORY } from "../statistics/index.ts";
import { StoreError } from "./store-error.ts";
import { readRun } from "./store.ts";

/** So many files are looked at, and so much of them read: a table should not wait for a whole archive. */
const MAX_FILES = 24;
const MAX_BYTES = 64 * 2 ** 20;

/**
 * The latest runs in a folder that were begun before this one, on its machine and by its protocol: as many as its history
 * takes, looked for in the 24 files before it.
 * @param onUnreadable is told of files that are no runs; they are left alone
 */
export async function earlierRuns(
  folder: string,
  run: Run,
  onUnreadable: (error: StoreError) => void,
): Promise<Run[]> {
  const found: Run[] = [];
  let bytes = 0;
  for (const { path, size } of await filesBefore(folder, run)) {
    bytes += size;
    if (bytes > MAX_BYTES) break;
    const other = await readRun(path).catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      onUnreadable(error);
      return undefined;
    });
    if (other && other.startedAt < run.startedAt && isOfSameKind(other, run)) found.push(other);
  }
  return found.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).slice(0, HISTORY.runs);
}

/** Of that day or earlier ones, the latest first. */
async function filesBefore(folder: string, { startedAt }: Run) {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const day = dayOf(startedAt);
  const fitting = names.filter((name) => /^\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.json$/.test(name));
  const before = fitting.filter((name) => dayOf(name) <= day);
  const files = await Promise.all(
    before.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { path: join(folder, name), size, mtimeMs };
    }),
  );
  const dayIn = (path: string) => dayOf(basename(path));
  return files
    .toSorted((a, b) => dayIn(b.path).localeCompare(dayIn(a.path)) || b.mtimeMs - a.mtimeMs)
    .slice(0, MAX_FILES);
}
