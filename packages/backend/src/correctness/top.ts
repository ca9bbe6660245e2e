import type { Expected } from "./expect.ts";

/** Whether the k classes with the largest logits are right. */
export interface Agreement {
  /** The same classes are the k best, in whatever order. */
  readonly same: boolean;
  /** They are, or each that took another's place was as good as that one within the bounds of both. */
  readonly agrees: boolean;
  /** How far the reference's k-th class is ahead of the next; left out where there are no more than k classes. */
  readonly margin?: number;
  /** The bounds of these two together: classes may change places where the margin is not larger. */
  readonly bound?: number;
}

/**
 * Outputs within their bounds always agree: this is no further condition, but says what an error means to a user.
 * NaN and a wrong length never agree.
 */
export function agreement(actual: Float32Array, { values, bound }: Expected, k: number): Agreement {
  const right = descending(values);
  const last = right[k - 1];
  const next = right[k];
  const cut =
    last === undefined || next === undefined
      ? {}
      : { margin: values[last]! - values[next]!, bound: bound[last]! + bound[next]! };
  if (actual.length !== values.length || actual.some(Number.isNaN))
    return { same: false, agrees: false, ...cut };
  const best = right.slice(0, k);
  const taken = descending(actual).slice(0, k);
  const intruders = taken.filter((i) => !best.includes(i));
  const missing = best.filter((i) => !taken.includes(i));
  const agrees = missing.every((m) =>
    intruders.every((i) => values[m]! - values[i]! <= bound[m]! + bound[i]!),
  );
  return { same: intruders.length === 0, agrees, ...cut };
}

/** Indices, the largest value first; equal values in the order of their classes. */
function descending(values: Float32Array | Float64Array): number[] {
  return Array.from(values, (_, i) => i).toSorted((a, b) => values[b]! - values[a]! || a - b);
}
