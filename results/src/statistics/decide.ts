import { hodgesLehmann } from "./hodges-lehmann.ts";
import { mapInterval, type Interval } from "./interval.ts";
import { judgeBy } from "./judge.ts";
import { SEQUENTIAL_RULE, type SequentialRule, type Verdict } from "./sequential-rule.ts";
import { signedRankP } from "./signed-rank.ts";

/** What pairs say so far. */
export interface Decision {
  readonly verdict: Verdict;
  /** The candidate's time over the base's. */
  readonly ratio: number;
  /** Of the ratio; absent before the first look, or where a look has too few pairs for its level. */
  readonly interval?: Interval;
  /** The probability with which the intervals of all looks hold together. */
  readonly level: number;
  /** Those that it rests on: the pairs of the look, or all where none was reached. */
  readonly pairs: number;
  /** Two-sided, of the signed-rank test of these pairs; it knows nothing of the other looks. */
  readonly p: number;
  /** False: measure on, to the next look. */
  readonly final: boolean;
}

/**
 * What differences of pairs (see `pairDifference`) amount to. At every look, in this order: `same` where the interval lies
 * within the margin, since a difference below it is no news, however sure; `slower` or `faster` where the interval leaves
 * 0 out; else on to the next look, and `unknown` after the last. The first look that decides holds: what came after it
 * does not count.
 * Where the roles of the two processes of a pair were drawn, a false alarm has at most the probability alpha, whatever
 * the machine does: each look has alpha / looks (Bonferroni).
 * @param differences ln ratios, in the order in which they were measured
 * @throws RangeError where there are none or one is not finite
 */
export function decide(differences: readonly number[], rule: SequentialRule = SEQUENTIAL_RULE): Decision {
  const { verdict, pairs, final } = judgeBy(rule)(differences);
  const isLook = pairs > 0;
  const rested = isLook ? differences.slice(0, pairs) : differences;
  const { estimate, interval } = hodgesLehmann(rested, rule.alpha / rule.looks.length);
  return {
    verdict,
    ratio: Math.exp(estimate),
    ...(isLook && interval && { interval: mapInterval(interval, Math.exp) }),
    level: 1 - rule.alpha,
    pairs: rested.length,
    p: signedRankP(rested),
    final,
  };
}
