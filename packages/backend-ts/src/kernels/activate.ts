import type { Layer } from "@mobilenet-bench/spec";

/**
 * What {@link activate} cuts off above: 6 for ReLU6, −1 (nothing) for ReLU; 0 where there is no activation. Small integers all of them:
 * with an infinite ceiling, engines convert a number in every activation.
 */
export function ceilingOf({ activation }: Layer): number {
  return CEILINGS[activation];
}

const CEILINGS: Readonly<Record<Layer["activation"], number>> = { relu6: 6, relu: -1, none: 0 };

/**
 * ReLU up to a ceiling, or nothing. The floor is (x + |x|) / 2, which is exact and needs no branch: a comparison with 0
 * would be mispredicted for about every third activation. Few activations reach 6, so that branch is cheap. NaN stays
 * NaN.
 */
export function activate(x: number, ceiling: number): number {
  if (ceiling === 0) return x;
  const positive = (x + Math.abs(x)) * 0.5;
  return ceiling === 6 && positive > 6 ? 6 : positive;
}
