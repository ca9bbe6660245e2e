import type { Expected } from "@mobilenet-bench/backend";

const UNIT_ROUNDOFF = 2 ** -24;

/**
 * The probabilities of logits, and how far they may be off. Where each logit is off by at most δ, every exponential is
 * by a factor of at most exp(δ), and so is their sum: p by one of exp(2δ). Computing them in float32 adds a rounding
 * per class for the sum, and a few for the exponentials and the division.
 */
export function softmaxOf({ values, bound }: Expected): Expected {
  const maximum = values.reduce((a, b) => Math.max(a, b));
  const exponentials = values.map((value) => Math.exp(value - maximum));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  const probabilities = exponentials.map((value) => value / sum);
  const delta = bound.reduce((a, b) => Math.max(a, b));
  // Subtracting the maximum rounds too, and the exponential turns that into a relative error.
  const spread = values.reduce((most, value) => Math.max(most, maximum - value), 0);
  const relative = Math.expm1(2 * delta) + (values.length + 8 + 2 * spread) * UNIT_ROUNDOFF;
  const errors = probabilities.map((value) => value * relative);
  return {
    values: probabilities,
    bound: errors,
    noise: errors.reduce((total, error) => total + error ** 2, 0),
  };
}
