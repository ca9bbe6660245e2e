import type { Estimate } from "./geometric-mean.ts";
import { mapInterval } from "./interval.ts";
import { tQuantile } from "./quantiles.ts";

/** How many runs before the last one are looked at, and how many it takes. */
export const HISTORY = { runs: 5, atLeast: 3 } as const;

/**
 * What another run on this machine would give, from what earlier ones gave: x·exp(± t·s), h degrees of freedom, where
 * s² = Σ (ln x_k − ln x_{k−1})² / 2h. Of successive differences one real change spoils one term only.
 * @param figures of one cell under one protocol on one machine, the oldest first, and this run's last
 * @returns without an interval below three earlier runs
 * @throws RangeError where there is no figure, or one is not above 0
 */
export function historyInterval(figures: readonly number[], level = 0.95): Estimate {
  const looked = figures.slice(-HISTORY.runs - 1);
  const value = looked.at(-1);
  if (value === undefined || !looked.every((figure) => figure > 0 && figure < Infinity))
    throw new RangeError("[results] No figure, or one without a logarithm. Give finite ones above 0.");
  const logs = looked.map(Math.log);
  const steps = logs.slice(1).map((log, i) => log - (logs[i] ?? log));
  const h = steps.length;
  if (h < HISTORY.atLeast) return { value };
  const s = Math.sqrt(steps.reduce((sum, step) => sum + step ** 2, 0) / (2 * h));
  const half = tQuantile((1 + level) / 2, h) * s;
  return { value, interval: mapInterval([-half, half], (log) => value * Math.exp(log)) };
}
