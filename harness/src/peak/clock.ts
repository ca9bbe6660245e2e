/** Time, handed in so that what is done with it can be tested. */
export interface Clock {
  /** Milliseconds since any origin; never goes back. */
  readonly now: () => number;
  /** The smallest step in which it advances. */
  readonly stepMs: number;
}

const READINGS = 5;

/** The clock of this process: steps of well under a microsecond in Node, of up to a millisecond elsewhere. */
export function systemClock(now = () => performance.now()): Clock {
  return { now, stepMs: Math.min(...Array.from({ length: READINGS }, () => nextStep(now))) };
}

function nextStep(now: () => number): number {
  const start = now();
  let end = start;
  while (end === start) end = now();
  return end - start;
}
