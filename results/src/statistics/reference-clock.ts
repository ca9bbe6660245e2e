import { geometricMean, type Estimate } from "./geometric-mean.ts";

/** What one set of fresh processes says of a cell. */
export interface ClockedSet {
  /** Of the block medians of the set. */
  readonly medianMs: number;
  /** What the spin loop took beside these blocks, the median. */
  readonly spinMs: number;
}

/**
 * The latency in milliseconds as it would be at the machine's reference clock: in every set it is divided by what a spin
 * loop took meanwhile, since most of what makes runs differ is the clock, and common to both. What another run would
 * give lies within the interval where the sets were spread over four minutes or more; of a shorter run it holds
 * within that run only.
 * @param referenceSpinMs what the spin loop takes at the reference clock: a constant of the machine
 * @throws RangeError where there is no set, or a time is not above 0
 */
export function atReferenceClock(
  sets: readonly ClockedSet[],
  referenceSpinMs: number,
  level = 0.95,
): Estimate {
  return geometricMean(
    sets.map(({ medianMs, spinMs }) => (medianMs * referenceSpinMs) / spinMs),
    level,
  );
}
