import type { Run } from "@mobilenet-bench/results";
import { findRun, readRun } from "@mobilenet-bench/results/store";
import { publishedFolder, runsFolder } from "../folders.ts";

/** What a word names that can be compared; each kind is compared with its own alone. */
export interface Subject {
  readonly kind: "run";
  readonly run: Run;
}

const RUN = /^(latest|\d{4}-\d\d-\d\d.*)$|\.json$/;

/** Whether a word names a stored run and no build: `latest`, a file of JSON, or what begins with a date as ids of runs do. */
export function isRunWord(word: string): boolean {
  return RUN.test(word);
}

/**
 * A run as `mnb show` takes it: a file, an id or the unique beginning of it, or `latest`.
 * @throws StoreError where there is no such run or its file cannot be read
 */
export async function subjectOf(word: string): Promise<Subject> {
  return { kind: "run", run: await readRun(await findRun(word, [runsFolder(), publishedFolder()])) };
}
