/**
 * ReLU6 or nothing. The floor is (x + |x|) / 2, which is exact and needs no branch: a comparison with 0 would be
 * mispredicted for about every third activation. Few activations reach 6, so that branch is cheap. NaN stays NaN.
 */
export function activate(x: number, relu6: boolean): number {
  if (!relu6) return x;
  const positive = (x + Math.abs(x)) * 0.5;
  return positive > 6 ? 6 : positive;
}
