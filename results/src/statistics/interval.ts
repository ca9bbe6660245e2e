/** Both ends belong to it. */
export type Interval = readonly [low: number, high: number];

/** The same interval after a function that never falls, such as from logarithms to ratios. */
export function mapInterval([low, high]: Interval, rising: (value: number) => number): Interval {
  return [rising(low), rising(high)];
}
