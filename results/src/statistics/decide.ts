import { hodgesLehmann } from "./hodges-lehmann.ts";
import { mapInterval, type Interval } from "./interval.ts";
import { signedRankP } from "./signed-rank.ts";

/** What a comparison says of the candidate: against the base it is … */
export type Verdict = "faster" | "slower" | "same" | "unknown";

/** When a comparison may stop, and what it then says. */
export interface SequentialRule {
  /** After how many pairs the differences are looked at, ascending. */
  readonly looks: readonly number[];
  /** The largest probability of a false alarm over all looks, which share it evenly. */
  readonly alpha: number;
  /** ln of a ratio that is no news: an interval within ± this means the same. */
  readonly margin: number;
}

/** The rule of every verdict. */
export const SEQUENTIAL_RULE: SequentialRule = { looks: [12, 24, 40], alpha: 0.01, margin: 0.015 };

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
  const reached = rule.looks.filter((pairs) => pairs <= differences.length);
  const decisive = reached.find((pairs) => verdictAt(pairs, differences, rule) !== "unknown");
  const pairs = decisive ?? reached.at(-1);
  const rested = differences.slice(0, pairs);
  const { estimate, interval } = hodgesLehmann(rested, rule.alpha / rule.looks.length);
  const isLook = pairs !== undefined && interval !== undefined;
  return {
    verdict: isLook ? verdictOf(interval, rule.margin) : "unknown",
    ratio: Math.exp(estimate),
    ...(isLook && { interval: mapInterval(interval, Math.exp) }),
    level: 1 - rule.alpha,
    pairs: rested.length,
    p: signedRankP(rested),
    final: decisive !== undefined || reached.length === rule.looks.length,
  };
}

function verdictAt(pairs: number, differences: readonly number[], rule: SequentialRule): Verdict {
  const { interval } = hodgesLehmann(differences.slice(0, pairs), rule.alpha / rule.looks.length);
  return interval === undefined ? "unknown" : verdictOf(interval, rule.margin);
}

function verdictOf([low, high]: Interval, margin: number): Verdict {
  if (low > -margin && high < margin) return "same";
  if (low > 0) return "slower";
  if (high < 0) return "faster";
  return "unknown";
}
