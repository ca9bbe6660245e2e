import type { Normalization, Normalized } from "./normalization.ts";

/**
 * A variance so large that any ε below 128 vanishes beside it in float64, and its root: so γ = root·s over
 * √(variance + ε) is s to the last bit, whatever ε is.
 */
const LARGE = { variance: 2 ** 60, root: 2 ** 30 };
/** What says the same more plainly where ε is 0. */
const UNIT = { variance: 1, root: 1 };
/** No larger ε is taken from a file. */
export const MAX_EPSILON = 100;

export interface CommonEpsilon {
  readonly epsilon: number;
  /** In the order given. */
  readonly norms: readonly Normalization[];
  readonly notes: readonly string[];
}

/**
 * Writes every normalization as batch norm with one ε, as the spec's weights have it: the one that most of the unfolded
 * ones have, or 0 where all are folded. A folded one keeps its exact bits when it is folded again.
 * @param meant the ε that the file names beside the network, taken where it rounds to what the network has
 */
export function withCommonEpsilon(all: readonly Normalized[], meant?: number): CommonEpsilon {
  const unfolded = all.filter((one) => one.kind === "unfolded");
  const found = mostFrequent(unfolded.map((one) => one.epsilon));
  const isMeant = meant !== undefined && found !== undefined && Math.fround(meant) === Math.fround(found);
  const unit = found === undefined ? UNIT : LARGE;
  const keeps = (one: Normalized) => one.kind === "unfolded" && one.epsilon === found;
  const norms = all.map((one) => (one.kind === "unfolded" && keeps(one) ? one.norm : asBatchNorm(one, unit)));

  const notes: string[] = [];
  const note = (count: number, text: string) => {
    if (count > 0) notes.push(`${count} of ${all.length} convolutions ${text}`);
  };
  note(all.length - unfolded.length, "have their batch norm folded into kernel and bias, and keep it so.");
  note(
    unfolded.filter((one) => one.adjusted).length,
    "have a bias beside batch norm: it was taken off the mean.",
  );
  note(
    unfolded.filter((one) => !keeps(one)).length,
    `have another ε than the others' ${found}: their γ was scaled.`,
  );
  note(
    all.filter((one) => one.kind === "affine" && one.composed).length,
    "have several steps in place of batch norm: they were put together and rounded once.",
  );
  return { epsilon: found === undefined ? 0 : isMeant ? meant : found, norms, notes };
}

function asBatchNorm(one: Normalized, { variance, root }: typeof UNIT): Normalization {
  const scale = one.kind === "affine" ? one.scale : scaleOf(one.norm, one.epsilon);
  const channels = scale.length;
  return {
    gamma: Float32Array.from(scale, (value) => value * root),
    beta: one.kind === "affine" ? one.shift : one.norm.beta,
    moving_mean: one.kind === "affine" ? Float32Array.from(scale, zeroLike) : one.norm.moving_mean,
    moving_variance: new Float32Array(channels).fill(variance),
  };
}

/** 0 with the sign of `value`: their product is +0, and a shift of −0 less +0 stays what it is. */
function zeroLike(value: number): number {
  return value < 0 || Object.is(value, -0) ? -0 : 0;
}

function scaleOf({ gamma, moving_variance: variance }: Normalization, epsilon: number): Float64Array {
  return Float64Array.from(gamma, (value, c) => value / Math.sqrt(variance[c]! + epsilon));
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
