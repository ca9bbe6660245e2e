import { join } from "node:path";
import { comparisonSchema, type Comparison } from "@mobilenet-bench/results";
import { writeValidated } from "@mobilenet-bench/results/store";
import { compareLive, type LiveOptions } from "./compare-live.ts";
import { comparisonsFolder } from "./open-live.ts";
import { summarizeLive } from "./summarize-live.ts";

/** How a comparison came to an end. */
export interface LiveOutcome {
  readonly comparison: Comparison;
  /** Of the finished one; undefined where it was interrupted and can be gone on with. */
  readonly path?: string;
}

/** Compares what is not yet compared, and keeps the result; where it is interrupted, what was recorded. */
export async function continueLive(options: LiveOptions): Promise<LiveOutcome> {
  const { journal, signal } = options;
  try {
    await compareLive(options);
  } catch (error) {
    await journal.leave();
    throw error;
  }
  const complete = !signal.aborted;
  const comparison = summarizeLive(journal.start, await journal.lines(), {
    finishedAt: new Date(),
    complete,
    ...(options.given && { given: options.given }),
  });
  if (!complete) {
    await journal.leave();
    return { comparison };
  }
  const path = join(comparisonsFolder(), `${comparison.id}.json`);
  await writeValidated(path, comparisonSchema, comparison);
  await journal.remove();
  return { comparison, path };
}
