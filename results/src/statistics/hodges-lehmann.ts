import { medianSorted } from "simple-statistics";
import type { Interval } from "./interval.ts";
import { requireFinite } from "./require-finite.ts";
import { signedRankDistribution } from "./signed-rank.ts";

/** Where the centre of differences is. */
export interface HodgesLehmann {
  readonly estimate: number;
  /** Absent where so few differences cannot give the confidence asked for, whatever they are. */
  readonly interval?: Interval;
}

/**
 * The centre of differences that are symmetric about it: the median of all Walsh averages (x_i + x_j)/2, i ≤ j. The interval
 * lies between order statistics of theirs, and is exact: it misses the centre with a probability of at most alpha,
 * whatever the distribution, because it holds the centres that the signed-rank test does not reject.
 * Source: M. Hollander, D. A. Wolfe, "Nonparametric Statistical Methods", 2nd ed. (1999), 3.2 and 3.3, after J. L. Hodges,
 * E. L. Lehmann (1963) and J. W. Tukey (1949).
 * @throws RangeError where there are no differences, one is not finite, or alpha is not within (0, 1)
 */
export function hodgesLehmann(differences: readonly number[], alpha: number): HodgesLehmann {
  if (differences.length === 0) throw new RangeError("[results] No differences. Give at least one.");
  requireFinite(differences);
  const walsh = walshAverages(differences);
  const cut = walshCut(differences.length, alpha);
  const [low, high] = [walsh[cut - 1], walsh.at(-cut)];
  const estimate = medianSorted(walsh);
  return cut === 0 || low === undefined || high === undefined
    ? { estimate }
    : { estimate, interval: [low, high] };
}

/**
 * How many sorted Walsh averages, its own end included, an interval has on either side: the number of t with
 * P(T ≤ t) ≤ alpha/2. 0 where the pairs are too few for any interval.
 * @throws RangeError where alpha is not within (0, 1)
 */
export function walshCut(pairs: number, alpha: number): number {
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`[results] An alpha of ${alpha}. Give one between 0 and 1.`);
  return signedRankDistribution(pairs).filter((probability) => probability <= alpha / 2).length;
}

/** Ascending. */
function walshAverages(values: readonly number[]): number[] {
  const averages = new Float64Array((values.length * (values.length + 1)) / 2);
  let count = 0;
  for (const [i, one] of values.entries())
    for (const other of values.slice(i)) averages[count++] = (one + other) / 2;
  return Array.from(averages.toSorted());
}
