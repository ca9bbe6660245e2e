import jStat from "jstat";

/**
 * Of Student's t distribution, to 7 digits or more.
 * @throws RangeError where the probability is not within (0, 1) or there is no degree of freedom
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  requireProbability(probability);
  if (!(degreesOfFreedom >= 1))
    throw new RangeError(`[results] ${degreesOfFreedom} degrees of freedom. Give 1 or more.`);
  return jStat.studentt.inv(probability, degreesOfFreedom);
}

/**
 * Of the beta distribution, to 7 digits or more.
 * @throws RangeError where the probability is not within (0, 1) or a shape is not above 0
 */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
  requireProbability(probability);
  if (!(alpha > 0 && beta > 0))
    throw new RangeError(`[results] Shapes ${alpha}, ${beta}. Give positive ones.`);
  return jStat.beta.inv(probability, alpha, beta);
}

function requireProbability(probability: number): void {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`[results] A probability of ${probability}. Give one between 0 and 1.`);
}
