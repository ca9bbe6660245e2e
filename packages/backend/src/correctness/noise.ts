import type { Layer } from "@mobilenet-bench/spec";
import { LAMBDA } from "./bounds.ts";

/** Variances of the errors of the elements of an output, before the activation, by who shares an error. */
export interface ErrorVariances {
  /** Of the layer's own rounding. */
  readonly own: Float64Array;
  /** Of the errors of the input, which neighbours and all channels share; left out where the input is exact. */
  readonly input?: Float64Array;
}

/**
 * The largest noise energy Σ(actual − expected)² that rounding explains. Bounds of single elements have to allow for
 * the unluckiest one; the energy of thousands hardly leaves its mean, so that it shows an error that is small
 * everywhere.
 *
 * The errors of a layer are A·ε with independent ε, one per rounding, each of a scale of at most one. Then
 *
 *     ‖A·ε‖ ≤ √T + λ·√B,  T = the sum of all variances,  B ≥ the largest eigenvalue of A·Aᵀ,
 *
 * but for a probability of exp(−λ²/2), 1.5e-8 for λ = 6 (Hsu, Kakade and Zhang, A tail inequality for quadratic forms
 * of subgaussian random vectors, Electron. Commun. Probab. 17(52), 2012, theorem 2.1, with tr((A·Aᵀ)²) ≤ B·T). T needs
 * no independence of the elements: means add up whatever is correlated. B follows from who shares an error: where the
 * elements fall into groups that share none, A·Aᵀ is made of one block per group, and no eigenvalue of a block is
 * larger than its trace. Eigenvalues of a sum are at most the sum of the eigenvalues.
 *
 * - own: every channel of the output is a group. Its pixels share the rounding of the weights, and where they see the
 *   same (a blank part of a picture) that of the sums, too.
 * - input of a pointwise or dense layer: every pixel is one. Larger kernels overlap; pixels ⌈kernel / stride⌉ apart do
 *   not, so there are (⌈kernel / stride⌉)² families of pixels without overlap, whose largest eigenvalues add up.
 *   Depthwise layers and pools keep channels apart as well.
 *
 * Within a chain this takes errors of one input as uncorrelated, as the variances themselves do. An activation moves no
 * two values farther apart, so it only takes energy away; where a clamp leaves no room there is none.
 * @param bound of each element, after the activation
 */
export function noiseBound(layer: Layer, variances: ErrorVariances, bound: Float64Array): number {
  const { own, input } = variances;
  const [, , channels] = layer.output;
  const perChannel = new Float64Array(channels);
  const keepsChannelsApart = CHANNELS_APART.has(layer.type);
  let total = 0;
  let perPixel = 0;
  let largestInput = 0;
  for (let i = 0; i < bound.length; i++) {
    const c = i % channels;
    if (c === 0 || keepsChannelsApart) perPixel = 0;
    if (bound[i] === 0) continue;
    const inherited = input?.[i] ?? 0;
    total += own[i]! + inherited;
    perChannel[c]! += own[i]!;
    perPixel += inherited;
    largestInput = Math.max(largestInput, perPixel);
  }
  const largestOwn = perChannel.reduce((a, b) => Math.max(a, b), 0);
  const overlaps = layer.type === "pool" ? 1 : Math.ceil(layer.kernel / layer.stride) ** 2;
  return (Math.sqrt(total) + LAMBDA * Math.sqrt(largestOwn + overlaps * largestInput)) ** 2;
}

/** What computes a channel of its output from the same one of its input alone. */
const CHANNELS_APART: ReadonlySet<Layer["type"]> = new Set([
  "depthwise",
  "pool",
  "average-pool",
  "max-pool",
  "activation",
]);

/** 10·log₁₀ of the ratio, in dB; absent where there is no such number: no noise at all, or no signal. */
export function decibels(signal: number, noise: number): number | undefined {
  const ratio = 10 * Math.log10(signal / noise);
  return Number.isFinite(ratio) ? ratio : undefined;
}
