import type { Layer } from "@mobilenet-bench/spec";

/**
 * What {@link activate} cuts off above: 6 for ReLU6, −1 (nothing) for ReLU; 0 where there is no activation. Small integers all of them,
 * and `| 0` before loops, so that engines convert no number in any activation: an infinite ceiling cost a third of a network's time.
 */
export function ceilingOf({ activation }: Layer): number {
  return CEILINGS[activation];
}

const CEILINGS: Readonly<Record<Layer["activation"], number>> = { relu6: 6, relu: -1, none: 0 };

/**
 * ReLU up to a ceiling, or nothing. The floor is (x + |x|) / 2, which is exact and needs no branch: a comparison with 0
 * would be mispredicted for about every third activation. Few activations reach 6, so that branch is cheap, and what
 * stands behind it is hardly asked. NaN stays NaN.
 */
export function activate(x: number, ceiling: number): number {
  if (ceiling === 0) return x;
  const positive = (x + Math.abs(x)) * 0.5;
  return positive > 6 && ceiling === 6 ? 6 : positive;
}
