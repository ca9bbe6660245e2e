import { mean } from "simple-statistics";
import { RunningMedian } from "./running-median.ts";

/** Of the standard deviation of a normal distribution, half the length of its shortest half is. */
const HALF = 0.6745;
/** In spreads: what is further off is no part of what most did. */
const NEAR = 2.5;

/**
 * What most of many values have in common, run after run: the mean of those near the middle of the shortest interval that holds half of
 * them. What fewer than half of them have besides, such as a change of one library's cells, hardly moves it, where it would move a median by
 * the rest's own spread and more. How near is told by the intervals of the last runs, since tonight's may be longer for that very reason.
 * Source: P. J. Rousseeuw, "Least median of squares regression", Journal of the American Statistical Association 79 (1984), 871–880.
 */
export class CommonOff {
  readonly #spreads: RunningMedian;

  /** @param runs of so many of the last ones the spread is told */
  constructor(runs: number) {
    this.#spreads = new RunningMedian(runs);
  }

  /**
   * @param values of the next run, sorted
   * @returns 0 of none
   */
  next(values: Float64Array): number {
    if (values.length === 0) return 0;
    const { middle, length } = shortestHalf(values);
    // Of few values the shortest half is too short: the factor is Rousseeuw's.
    this.#spreads.push((length / 2 / HALF) * (1 + 5 / Math.max(1, values.length - 1)));
    const reach = NEAR * (this.#spreads.value ?? 0);
    const near = values.filter((value) => Math.abs(value - middle) <= reach);
    return near.length === 0 ? middle : mean(Array.from(near));
  }
}

function shortestHalf(sorted: Float64Array): { readonly middle: number; readonly length: number } {
  const half = Math.floor(sorted.length / 2);
  let [from, length] = [0, Infinity];
  for (let i = 0; i + half < sorted.length; i++) {
    const long = sorted[i + half]! - sorted[i]!;
    if (long < length) [from, length] = [i, long];
  }
  return { middle: (sorted[from]! + sorted[from + half]!) / 2, length };
}
