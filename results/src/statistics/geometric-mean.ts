import { mean, sampleStandardDeviation } from "simple-statistics";
import { mapInterval, type Interval } from "./interval.ts";
import { tQuantile } from "./quantiles.ts";

/** A figure and what another of its kind would be within. */
export interface Estimate {
  readonly value: number;
  /** Absent where a single value cannot tell how much they spread. */
  readonly interval?: Interval;
}

/**
 * The geometric mean of values that were taken independently, one per set of fresh processes, with the t interval of the
 * mean of their logarithms: exp(ȳ ± t·sd(y)/√n), n − 1 degrees of freedom.
 * @param level the probability with which the interval holds
 * @throws RangeError where there are no values, or one is not above 0
 */
export function geometricMean(values: readonly number[], level = 0.95): Estimate {
  if (values.length === 0) throw new RangeError("[results] No values. Give at least one.");
  if (!values.every((value) => value > 0 && value < Infinity))
    throw new RangeError("[results] A value has no logarithm. Give finite values above 0.");
  const logs = values.map(Math.log);
  const centre = mean(logs);
  const value = Math.exp(centre);
  if (values.length === 1) return { value };
  const half =
    (tQuantile((1 + level) / 2, values.length - 1) * sampleStandardDeviation(logs)) /
    Math.sqrt(values.length);
  return { value, interval: mapInterval([centre - half, centre + half], Math.exp) };
}
