import { join } from "node:path";
import { readRun } from "@mobilenet-bench/results/store";
import type { Run } from "@mobilenet-bench/results";
import { encodeLatest } from "./encode-latest.ts";
import { latestOf } from "./latest-of.ts";
import { namesIn } from "./names-in.ts";
import { newestFigures } from "./newest-figures.ts";
import { SiteError } from "./site-error.ts";
import { digestOf, type RunSummary } from "./run-digest.ts";
import type { SummaryCache } from "./summary-cache.ts";

/** Of the names that the store gives: with a hash of the content, so a file of that name never changes. */
const STORED = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.json$/;

/**
 * Every run in a folder, one after the other: never more than one is held as a whole. Files of other names are none of the store's
 * and are left alone.
 * @param cache of summaries that were made before
 * @throws StoreError where a file is torn, foreign or changed since it was written
 */
export async function* runSummaries(folder: string, cache: SummaryCache): AsyncGenerator<RunSummary> {
  const files = (await namesIn(folder)).filter((name) => STORED.test(name));
  for (const file of files.toSorted()) yield await cache.of(file, () => summarize(folder, file));
}

/** @throws StoreError as `readRun` does */
export function openRun(folder: string, file: string): Promise<Run> {
  return readRun(join(folder, file));
}

async function summarize(folder: string, file: string): Promise<RunSummary> {
  const published = { file, run: await openRun(folder, file) };
  if (published.run.simulated !== undefined)
    throw new SiteError(
      `${file} is simulated: nothing was measured. A site shows measured runs alone; take it out of ${folder}.`,
    );
  const { machines } = await newestFigures([published]);
  return {
    digest: digestOf(published),
    figures: machines.map((machine) => JSON.stringify(encodeLatest(latestOf(machine)))).join(""),
  };
}
