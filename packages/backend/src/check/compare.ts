import type { Expected } from "./expect.ts";

/** How an output compares with what it must be. */
export interface Comparison {
  readonly ok: boolean;
  /** Largest |actual − expected| of all elements; infinite where one is not finite or the length is wrong. */
  readonly maxAbsError: number;
  /** The bound at `worstIndex`. */
  readonly bound: number;
  /** Largest |actual − expected| / bound: up to 1 is right. */
  readonly worstFraction: number;
  /** The element of `worstFraction`; −1 where the length is wrong. */
  readonly worstIndex: number;
  /** Where not ok: one sentence. */
  readonly reason?: string;
}

/** A comparison of logits. */
export interface LogitsCheck extends Comparison {
  /** The same class wins, or the reference's own margin to the actual winner is inside the bounds. */
  readonly top1Agrees: boolean;
}

/** Compares element by element; NaN, infinity and a wrong length are never ok. */
export function compare(actual: Float32Array, { values, bound }: Expected): Comparison {
  const failed = (worstIndex: number, reason: string): Comparison => ({
    ok: false,
    maxAbsError: Infinity,
    bound: bound[worstIndex] ?? 0,
    worstFraction: Infinity,
    worstIndex,
    reason,
  });
  if (actual.length !== values.length)
    return failed(-1, `There are ${actual.length} values instead of ${values.length}.`);
  let maxAbsError = 0;
  let worstFraction = 0;
  let worstIndex = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(actual[i]! - values[i]!);
    if (!Number.isFinite(error)) return failed(i, `Element ${i} is ${actual[i]}, expected ${values[i]}.`);
    maxAbsError = Math.max(maxAbsError, error);
    // Where a clamp leaves no room, the bound is 0 and only the exact value is right.
    const fraction = error === 0 ? 0 : error / bound[i]!;
    if (fraction > worstFraction) {
      worstFraction = fraction;
      worstIndex = i;
    }
  }
  const comparison = { maxAbsError, bound: bound[worstIndex] ?? 0, worstFraction, worstIndex };
  if (worstFraction <= 1) return { ok: true, ...comparison };
  const reason = `Element ${worstIndex} is ${actual[worstIndex]}, expected ${values[worstIndex]} ± ${comparison.bound.toExponential(2)}.`;
  return { ok: false, ...comparison, reason };
}

/** {@link compare} of the logits of one image, and whether top-1 agrees. */
export function checkLogits(actual: Float32Array, expected: Expected): LogitsCheck {
  const comparison = compare(actual, expected);
  const top1Agrees = agrees(actual, expected);
  if (top1Agrees || !comparison.ok) return { ...comparison, top1Agrees };
  return { ...comparison, ok: false, reason: "Another class has the largest logit.", top1Agrees };
}

function agrees(actual: Float32Array, { values, bound }: Expected): boolean {
  if (actual.length !== values.length) return false;
  const winner = indexOfMaximum(actual);
  const right = indexOfMaximum(values);
  return winner >= 0 && values[right]! - values[winner]! <= bound[right]! + bound[winner]!;
}

/** −1 where there is none: NaN is larger than nothing. */
function indexOfMaximum(values: Float32Array | Float64Array): number {
  let maximum = -Infinity;
  let index = -1;
  for (let i = 0; i < values.length; i++)
    if (values[i]! > maximum) {
      maximum = values[i]!;
      index = i;
    }
  return index;
}
