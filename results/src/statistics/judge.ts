import { walshCut } from "./hodges-lehmann.ts";
import { requireFinite } from "./require-finite.ts";
import type { SequentialRule, Verdict } from "./sequential-rule.ts";

/** A verdict, without the figures that go with it. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Those of the look that it rests on; 0 before the first one. */
  readonly pairs: number;
  /** False: measure on, to the next look. */
  readonly final: boolean;
}

/** @throws RangeError where a difference that a look takes is not finite */
export type Judge = (differences: readonly number[]) => Judgement;

/**
 * What `decide` says, for thousands of comparisons by one rule. A verdict asks on which side of a few limits two order
 * statistics of the Walsh averages lie, and that is told by counting, without an order or an estimate: below a limit lie
 * as many as there are, and in sorted differences those are counted in one pass.
 * @throws RangeError where alpha is not within (0, 1)
 */
export function judgeBy({ looks, alpha, margin }: SequentialRule): Judge {
  const cuts = looks.map((pairs) => ({ pairs, cut: walshCut(pairs, alpha / looks.length) }));
  return (differences) => {
    const reached = cuts.filter(({ pairs }) => pairs <= differences.length);
    for (const { pairs, cut } of reached) {
      const verdict = verdictAt(differences.slice(0, pairs), cut, margin);
      if (verdict !== "unknown") return { verdict, pairs, final: true };
    }
    return { verdict: "unknown", pairs: reached.at(-1)?.pairs ?? 0, final: reached.length === looks.length };
  };
}

/** Of the interval from the cut-th smallest Walsh average to the cut-th largest. */
function verdictAt(differences: readonly number[], cut: number, margin: number): Verdict {
  requireFinite(differences);
  if (cut === 0) return "unknown";
  const sorted = Float64Array.from(differences).toSorted();
  const all = (sorted.length * (sorted.length + 1)) / 2;
  const isAbove = (limit: number) => countWalsh(sorted, (average) => average <= limit) < cut;
  const isBelow = (limit: number) => all - countWalsh(sorted, (average) => average < limit) < cut;
  if (isAbove(-margin) && isBelow(margin)) return "same";
  if (isAbove(0)) return "slower";
  if (isBelow(0)) return "faster";
  return "unknown";
}

/**
 * How many Walsh averages lie on the lower side of a limit. A larger difference has no smaller average, rounded or not, so
 * that the partners of each are those up to a place, which only moves down.
 */
function countWalsh(sorted: Float64Array, isLower: (average: number) => boolean): number {
  let count = 0;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first++) {
    while (last >= first && !isLower((sorted[first]! + sorted[last]!) / 2)) last--;
    count += last - first + 1;
  }
  return count;
}
