import type { Interval } from "./interval.ts";
import { betaQuantile } from "./quantiles.ts";

/**
 * The exact interval of a probability from how often something happened: at least the level, whatever the probability is.
 * Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
 * binomial", Biometrika 26 (1934), 404–413, by way of quantiles of the beta distribution.
 * @throws RangeError where the counts are no whole numbers with 0 ≤ successes ≤ trials and trials > 0
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Interval {
  const counts = Number.isInteger(successes) && Number.isInteger(trials);
  if (!counts || trials < 1 || successes < 0 || successes > trials)
    throw new RangeError(`[results] ${successes} of ${trials} is no share. Count both.`);
  const tail = (1 - level) / 2;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  ];
}
