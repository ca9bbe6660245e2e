import type { Run } from "@mobilenet-bench/results";

/** A run, and the name of the file that it lies in. */
export interface PublishedRun {
  readonly run: Run;
  readonly file: string;
}
