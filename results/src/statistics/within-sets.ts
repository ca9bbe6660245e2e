import { geometricMean, type Estimate } from "./geometric-mean.ts";

/** Two cells in one set of fresh processes: the medians of their blocks. */
export interface SetOfTwo {
  readonly baseMs: number;
  readonly candidateMs: number;
}

/**
 * The time of one cell over that of another of the same run. Within a set both saw the same machine, so that its drift
 * cancels; the interval is that over sets.
 * @throws RangeError where there is no set, or a time is not above 0
 */
export function ratioWithinSets(sets: readonly SetOfTwo[], level = 0.95): Estimate {
  return geometricMean(
    sets.map(({ baseMs, candidateMs }) => candidateMs / baseMs),
    level,
  );
}
