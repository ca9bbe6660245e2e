import type { Expected } from "./expect.ts";
import { decibels } from "./noise.ts";
import { agreement, type Agreement } from "./top.ts";

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
  /**
   * Signal to noise of the whole output: 10·log₁₀(Σ expected² / Σ(actual − expected)²) in dB. Left out where there is
   * no such number: every element is exact, or all expected ones are 0, or one is not finite, or the length is wrong.
   */
  readonly snrDb?: number;
  /** The least that rounding explains, in dB; left out likewise. */
  readonly leastSnrDb?: number;
  /** Where not ok: one sentence. */
  readonly reason?: string;
}

/** A comparison of logits. */
export interface LogitsCheck extends Comparison {
  readonly top1: Agreement;
  readonly top5: Agreement;
}

/** Compares element by element, and the energy of all errors; NaN, infinity and a wrong length are never ok. */
export function compare(actual: Float32Array, { values, bound, noise }: Expected): Comparison {
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
  let energy = 0;
  let signal = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(actual[i]! - values[i]!);
    if (!Number.isFinite(error)) return failed(i, `Element ${i} is ${actual[i]}, expected ${values[i]}.`);
    maxAbsError = Math.max(maxAbsError, error);
    energy += error * error;
    signal += values[i]! * values[i]!;
    // Where a clamp leaves no room, the bound is 0 and only the exact value is right.
    const fraction = error === 0 ? 0 : error / bound[i]!;
    if (fraction > worstFraction) {
      worstFraction = fraction;
      worstIndex = i;
    }
  }
  const snrDb = decibels(signal, energy);
  const leastSnrDb = decibels(signal, noise);
  const comparison = {
    maxAbsError,
    bound: bound[worstIndex] ?? 0,
    worstFraction,
    worstIndex,
    ...(snrDb !== undefined && { snrDb }),
    ...(leastSnrDb !== undefined && { leastSnrDb }),
  };
  if (worstFraction > 1) {
    const reason = `Element ${worstIndex} is ${actual[worstIndex]}, expected ${values[worstIndex]} ± ${comparison.bound.toExponential(2)}.`;
    return { ok: false, ...comparison, reason };
  }
  if (energy > noise) return { ok: false, ...comparison, reason: tooNoisy(energy, noise, snrDb) };
  return { ok: true, ...comparison };
}

/** {@link compare} of the logits of one image, and whether its best classes agree. */
export function checkLogits(actual: Float32Array, expected: Expected): LogitsCheck {
  return {
    ...compare(actual, expected),
    top1: agreement(actual, expected, 1),
    top5: agreement(actual, expected, 5),
  };
}

function tooNoisy(energy: number, noise: number, snrDb: number | undefined): string {
  const snr = snrDb === undefined ? "" : ` The signal is ${snrDb.toFixed(1)} dB above it.`;
  const factor = Math.sqrt(energy / noise).toPrecision(2);
  return `Each element is within its bound, but all errors together are ${factor} times what rounding explains.${snr}`;
}
