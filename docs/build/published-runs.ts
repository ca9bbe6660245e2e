import { join } from "node:path";
import type { Run } from "@mobilenet-bench/results";
import { readRun } from "@mobilenet-bench/results/store";
import { namesIn } from "./names-in.ts";

/** A run, and the name of the file that it lies in. */
export interface PublishedRun {
  readonly run: Run;
  readonly file: string;
}

/** Of the names that the store gives: the day comes first. */
const STORED = /^(\d{4}-\d{2}-\d{2})-[0-9a-f]{12}\.json$/;

/**
 * The runs of a folder, the newest first, a day at a time: never more than those of one day are held here, however many years
 * there are. Files of other names are none of the store's and are left alone.
 * @throws StoreError where a file is torn, foreign or changed since it was written
 */
export async function* publishedRuns(folder: string): AsyncGenerator<PublishedRun> {
  const names = (await namesIn(folder)).filter((name) => STORED.test(name));
  const days = Map.groupBy(names, (name) => STORED.exec(name)?.[1] ?? "");
  for (const [, files] of [...days].toSorted(([a], [b]) => (a < b ? 1 : -1))) {
    const runs = await Promise.all(files.map(async (file) => ({ file, run: await readRun(join(folder, file)) })));
    yield* runs.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1));
  }
}
