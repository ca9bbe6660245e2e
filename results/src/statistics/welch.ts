import { mean, sampleVariance } from "simple-statistics";
import type { Estimate } from "./geometric-mean.ts";
import { mapInterval } from "./interval.ts";
import { tQuantile } from "./quantiles.ts";

/**
 * The geometric mean of the candidate's values over that of the base's, which were taken apart, each value one set of fresh
 * processes. The interval is Welch's t interval of the difference of the means of logarithms.
 * Source: B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
 * involved", Biometrika 34 (1947), 28–35.
 * @returns without an interval where either has less than two values
 * @throws RangeError where either has no value, or one is not above 0
 */
export function ratioOfGeometricMeans(
  base: readonly number[],
  candidate: readonly number[],
  level = 0.95,
): Estimate {
  if (![base, candidate].every((values) => values.length > 0 && values.every(hasLogarithm)))
    throw new RangeError("[results] No value, or one without a logarithm. Give finite ones above 0.");
  const [before, after] = [base.map(Math.log), candidate.map(Math.log)];
  const difference = mean(after) - mean(before);
  const value = Math.exp(difference);
  if (before.length < 2 || after.length < 2) return { value };
  const [one, other] = [sampleVariance(before) / before.length, sampleVariance(after) / after.length];
  const variance = one + other;
  if (variance === 0) return { value, interval: [value, value] };
  const freedom = variance ** 2 / (one ** 2 / (before.length - 1) + other ** 2 / (after.length - 1));
  // Never below 1 but by rounding.
  const half = tQuantile((1 + level) / 2, Math.max(1, freedom)) * Math.sqrt(variance);
  return { value, interval: mapInterval([difference - half, difference + half], Math.exp) };
}

function hasLogarithm(value: number): boolean {
  return value > 0 && value < Infinity;
}
