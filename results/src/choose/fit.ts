import type { Budget } from "./budget.ts";
import type { Offer } from "./offer.ts";

/**
 * `fits`: the upper end of its interval is within the budget, and so is its size; `may-miss`: the interval crosses the
 * budget; `misses`: all of it is above, or the weights are too large.
 */
export type Fits = "fits" | "may-miss" | "misses";

/** Whether an offer is within a budget. */
export function fitOf({ ci95: [low, high], sizeBytes }: Offer, budget: Budget): Fits {
  const { latencyMs = Infinity, sizeBytes: most = Infinity } = budget;
  if (sizeBytes > most || low > latencyMs) return "misses";
  return high > latencyMs ? "may-miss" : "fits";
}

/** How many times the budget an offer takes, of what it takes most; up to 1 where it fits. */
export function shareOfBudget(
  { ci95: [, high], sizeBytes }: Offer,
  { latencyMs = Infinity, sizeBytes: most = Infinity }: Budget,
): number {
  return Math.max(high / latencyMs, sizeBytes / most);
}
