import {
  activate,
  isWeighted,
  linear,
  mapInputs,
  neighbours,
  type FoldedLayer,
  type Inputs,
  type Layer,
} from "@mobilenet-bench/spec";
import { BINARY32, type Precision } from "./precision.ts";

/**
 * How far rounding may move a layer's output.
 *
 * With S = Σ|w||x| + |b| per output element, any order of summation, fused or not, in arithmetic of unit
 * roundoff u is off by at most γₙ·S, γₙ = n·u / (1 − n·u), where n counts the rounded operations on the
 * longest way from an operand to the result (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
 * section 3.1). This is the bound of a layer that is fed.
 *
 * Through a chain of layers worst cases multiply and say nothing any more. Where rounding errors are
 * independent with mean zero, n roundings in a row are off by more than about λ·√n·u with a probability of at
 * most 2·exp(−λ²/2) (Higham and Mary, A New Approach to Probabilistic Rounding Error Analysis, SIAM J. Sci.
 * Comput. 41(5), 2019). So √n·u·S plays the part of a standard deviation, variances add up from layer to
 * layer, and λ of them are allowed at the end.
 *
 * λ = 6 makes that probability 3e-8. What is really seen stays below a sixth of the bound in millions of
 * elements, since a single rounding error is mostly smaller than u and partial sums are smaller than S.
 */
export const LAMBDA = 6;

/** Rounded operations on the longest way: a product, the additions, and the bias or the pool's division. */
function operations({ type, kernel, groups, normalization, input }: Layer): number {
  const [height, width, depth] = input;
  switch (type) {
    case "convolution":
    case "pointwise":
    case "dense":
      return (kernel * kernel * depth) / groups + 1;
    case "depthwise":
    // A pool adds up the window (one addition less than values), and may multiply by a rounded reciprocal.
    case "average-pool":
      return kernel * kernel + 1;
    case "pool":
      return height * width + 1;
    case "max-pool":
    case "concatenation":
    case "activation":
      return 0;
    case "normalization":
      return (normalization?.size ?? 0) + POWER;
    case "softmax":
    case "sigmoid":
      throw new TypeError(`[backend] Sessions compute no ${type}. Leave it out.`);
  }
}

/**
 * Roundings that a power counts as. The worst is exp2(β · log2(x)) on a GPU, where WGSL allows log2 three units in the
 * last place and exp2 of up to 2^5 three and two times the argument.
 */
const POWER = 64;

/** Whether memory holds less than the float32 in which weights and images are given, so that they are rounded. */
export function storageIsCoarse({ storage }: Precision): boolean {
  return storage.unitRoundoff > BINARY32.unitRoundoff;
}

/** What underflow may add: each operation flushed to zero, and the result stored as a subnormal. */
function underflow(layer: Layer, { storage, arithmetic }: Precision): number {
  return operations(layer) * arithmetic.smallestNormal + storage.unitRoundoff * storage.smallestNormal;
}

/** The bound that always holds, for each S of `sizes`, before the activation. */
export function worstCaseErrors(layer: Layer, sizes: Float64Array, precision: Precision): Float64Array {
  const { storage, arithmetic } = precision;
  const nu = operations(layer) * arithmetic.unitRoundoff;
  const gamma = nu / (1 - nu);
  // The result is rounded to storage, and so may be both factors of every product.
  const stored = storageIsCoarse(precision) ? 3 : 1;
  const relative = (1 + gamma) * (1 + storage.unitRoundoff) ** stored - 1;
  const absolute = underflow(layer, precision);
  return sizes.map((size) => relative * size + absolute);
}

/**
 * The variances of the layer's own rounding errors, before the activation: of the sums, of storing the
 * result, and of weights that were rounded to storage (those of stored inputs are inherited).
 * @param values the exact sums, @param sizes S of each
 */
export function roundingVariances(
  layer: Layer,
  folded: FoldedLayer,
  inputs: Inputs<Float32Array>,
  values: Float64Array,
  sizes: Float64Array,
  precision: Precision,
): Float64Array {
  const accumulated = operations(layer) * precision.arithmetic.unitRoundoff ** 2;
  const stored = precision.storage.unitRoundoff ** 2;
  const absolute = underflow(layer, precision) ** 2;
  const variances = sizes.map(
    (size, i) => accumulated * size * size + stored * values[i]! * values[i]! + absolute,
  );
  if (!storageIsCoarse(precision) || !isWeighted(layer)) return variances;
  const kernel = absolutes(folded.kernel, precision).map(square);
  const bias = absolutes(folded.bias, precision).map(square);
  const squares = mapInputs(inputs, (input) => new Float64Array(input).map(square));
  const products = linear(layer, kernel, bias, ...squares);
  return variances.map((variance, i) => variance + stored * products[i]!);
}

/** The variances that rounding to a coarse storage gives an input. */
export function storageVariances(input: Float32Array, precision: Precision): Float64Array {
  return absolutes(input, precision).map((x) => square(precision.storage.unitRoundoff * x));
}

/**
 * The variance that errors of the inputs, of the variances given, cause in the output: W∘W ∗ v. This takes
 * the errors of the inputs of one sum as uncorrelated, since kernels mix both signs at random. The pool is the
 * exception: its weights are all positive and the pixels of a channel inherit common errors, so there
 * deviations add up as if they were one.
 */
export function inheritedVariances(
  layer: Layer,
  { kernel, bias }: FoldedLayer,
  variances: Inputs<Float64Array>,
): Float64Array {
  if (layer.type === "normalization") return throughNormalization(layer, variances[0]);
  if (layer.type === "pool" || layer.type === "average-pool") {
    const deviations = mapInputs(variances, (variance) => variance.map(Math.sqrt));
    return linear(layer, kernel, bias, ...deviations).map(square);
  }
  const squares = new Float64Array(kernel).map(square);
  return linear(layer, squares, new Float64Array(bias.length), ...variances);
}

/**
 * With d = bias + α/n · Σ x², ∂yᵢ/∂xᵢ lies between −2β·d^−β and d^−β, and since 2·α/n·|xᵢ·xⱼ| ≤ d for neighbours,
 * |∂yᵢ/∂xⱼ| ≤ β·d^−β; d is at least the bias.
 */
function throughNormalization(layer: Layer, variances: Float64Array): Float64Array {
  const { normalization } = layer;
  if (!normalization) return variances;
  const { size, beta, bias } = normalization;
  const [, , channels] = layer.output;
  const scale = bias ** -beta;
  const [own, others] = [(scale * Math.max(1, 2 * beta)) ** 2, (scale * beta) ** 2];
  return variances.map((variance, i) => {
    const c = i % channels;
    const around = neighbours(c, size, channels).filter((other) => other !== c);
    return own * variance + others * around.reduce((sum, other) => sum + variances[i - c + other]!, 0);
  });
}

/** S of each output element. */
export function magnitudes(
  layer: Layer,
  { kernel, bias }: FoldedLayer,
  inputs: Inputs<Float32Array>,
  precision: Precision,
): Float64Array {
  const sizes = mapInputs(inputs, (input) => absolutes(input, precision));
  return linear(layer, absolutes(kernel, precision), absolutes(bias, precision), ...sizes);
}

/**
 * |v|, and a little more: rounding to storage moves v by at most u·(|v| + smallest normal), since what is
 * smaller loses digits; a zero stays what it is.
 */
function absolutes(values: Float32Array, { storage }: Precision): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++)
    result[i] = values[i] === 0 ? 0 : Math.abs(values[i]!) + storage.smallestNormal;
  return result;
}

function square(value: number): number {
  return value * value;
}

/**
 * The allowed error of `value` after the activation: that of the farther end of value ± error, sent through
 * it too. So nothing is allowed where all of the interval is cut off.
 */
export function activatedError({ activation }: Layer, value: number, error: number): number {
  const result = activate(activation, value);
  return Math.max(activate(activation, value + error) - result, result - activate(activation, value - error));
}
