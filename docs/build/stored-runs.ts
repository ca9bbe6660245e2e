import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { readRun } from "@mobilenet-bench/results/store";
import type { Run } from "@mobilenet-bench/results";
import { encodeLatest } from "./encode-latest.ts";
import { latestOf } from "./latest-of.ts";
import { newestFigures } from "./newest-figures.ts";
import { SiteError } from "./site-error.ts";
import { digestOf, type RunSummary } from "./run-digest.ts";
import type { SummaryCache } from "./summary-cache.ts";

const compress = promisify(gzip);

/** Of the names that the store gives: with a hash of the content, so a file of that name never changes. */
const STORED = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.json$/;

/**
 * The names of the run files in a folder, and of JSON files that are none by their names.
 * @throws SiteError where there is no such folder
 */
export async function runFilesIn(folder: string) {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new SiteError(`There is no folder ${folder}. Give the one that the run files are in.`, { cause });
  });
  const [files, others] = [names.filter(isStored).toSorted(), names.filter((name) => !isStored(name))];
  return { files, notRuns: others.filter((name) => name.endsWith(".json")).toSorted() };
}

function isStored(name: string): boolean {
  return STORED.test(name);
}

/**
 * Runs, one after the other: never more than one is held as a whole.
 * @param files names in the folder
 * @param cache of summaries that were made before
 * @throws StoreError where a file is torn, foreign or changed since it was written
 */
export async function* runSummaries(
  folder: string,
  files: readonly string[],
  cache: SummaryCache,
): AsyncGenerator<RunSummary> {
  for (const file of files) yield await cache.of(file, () => summarize(folder, file));
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
  const archive = await compress(await readFile(join(folder, file)));
  return {
    digest: digestOf(published),
    figures: machines.map((machine) => JSON.stringify(encodeLatest(latestOf(machine)))).join(""),
    archive: archive.toString("base64"),
  };
}
