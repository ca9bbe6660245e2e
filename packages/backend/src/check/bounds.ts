import { linear, type FoldedLayer, type Layer } from "@mobilenet-bench/spec";
import { BINARY32, type Precision } from "./precision.ts";

/**
 * How far rounding may move a layer's output.
 *
 * With S = Σ|w||x| + |b| per output element, any order of summation, fused or not, in arithmetic of unit
 * roundoff u is off by at most γₙ·S, γₙ = n·u / (1 − n·u), where n counts the rounded operations on the
 * longest way from an operand to the result (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
 * section 3.1). Where rounding errors are independent with mean zero, γₙ may be replaced by about λ·√n·u,
 * wrong with a probability of at most 2·exp(−λ²/2) (Higham and Mary, A New Approach to Probabilistic Rounding
 * Error Analysis, SIAM J. Sci. Comput. 41(5), 2019): √n·u·S plays the part of a standard deviation.
 */
export const LAMBDA = 6;

/** Rounded operations on the longest way: a product, the additions, and the bias or the pool's division. */
function operations(layer: Layer): number {
  const [height, width, depth] = layer.input;
  // A pool adds up the plane (one addition less than values), and may multiply by a rounded reciprocal.
  if (layer.type === "pool") return height * width + 1;
  return layer.kernel * layer.kernel * (layer.type === "depthwise" ? 1 : depth) + 1;
}

/**
 * Roundings to the storage format: of the result, and of weight and input where memory holds less than the
 * float32 in which they are given.
 */
function storageRoundings({ storage }: Precision): number {
  return storage.unitRoundoff > BINARY32.unitRoundoff ? 3 : 1;
}

/** What underflow may add: each operation flushed to zero, and the result stored as a subnormal. */
function underflow(layer: Layer, { storage, accumulation }: Precision): number {
  return operations(layer) * accumulation.smallestNormal + storage.unitRoundoff * storage.smallestNormal;
}

/** The bound that always holds, for each S of `magnitudes`, before the activation. */
export function worstCaseErrors(layer: Layer, magnitudes: Float64Array, precision: Precision): Float64Array {
  const { storage, accumulation } = precision;
  const nu = operations(layer) * accumulation.unitRoundoff;
  const gamma = nu / (1 - nu);
  const relative = (1 + gamma) * (1 + storage.unitRoundoff) ** storageRoundings(precision) - 1;
  const absolute = underflow(layer, precision);
  return magnitudes.map((magnitude) => relative * magnitude + absolute);
}

/** The variance of the layer's own rounding errors, for each S of `magnitudes`, before the activation. */
export function roundingVariances(
  layer: Layer,
  magnitudes: Float64Array,
  precision: Precision,
): Float64Array {
  const { storage, accumulation } = precision;
  const relative = Math.sqrt(
    operations(layer) * accumulation.unitRoundoff ** 2 +
      storageRoundings(precision) * storage.unitRoundoff ** 2,
  );
  const absolute = underflow(layer, precision);
  return magnitudes.map((magnitude) => (relative * magnitude + absolute) ** 2);
}

/**
 * The variance that errors of the input, of the variances given, cause in the output: W∘W ∗ v. This takes
 * the errors of the inputs of one sum as uncorrelated, since kernels mix both signs at random. The pool is the
 * exception: its weights are all positive and the pixels of a channel inherit common errors, so there
 * deviations add up as if they were one.
 */
export function inheritedVariances(
  layer: Layer,
  { kernel, bias }: FoldedLayer,
  variances: Float64Array,
): Float64Array {
  if (layer.type === "pool")
    return linear(layer, kernel, bias, variances.map(Math.sqrt)).map((deviation) => deviation ** 2);
  const squares = new Float64Array(kernel).map((w) => w * w);
  return linear(layer, squares, new Float64Array(bias.length), variances);
}

/**
 * S of each output element. Rounding to storage moves a value v by at most u·(|v| + smallest normal), and a
 * zero not at all.
 */
export function magnitudes(
  layer: Layer,
  { kernel, bias }: FoldedLayer,
  input: Float32Array,
  { storage }: Precision,
): Float64Array {
  const magnitude = (values: Float32Array) => {
    const result = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++)
      result[i] = values[i] === 0 ? 0 : Math.abs(values[i]!) + storage.smallestNormal;
    return result;
  };
  return linear(layer, magnitude(kernel), magnitude(bias), magnitude(input));
}

/** ReLU6, or nothing. */
export function activate({ activation }: Layer, value: number): number {
  return activation === "relu6" ? Math.min(Math.max(value, 0), 6) : value;
}

/**
 * The allowed error of `value` after the activation: that of the farther end of value ± error, sent through
 * it too. So nothing is allowed where all of the interval is cut off.
 */
export function activatedError(layer: Layer, value: number, error: number): number {
  const result = activate(layer, value);
  return Math.max(activate(layer, value + error) - result, result - activate(layer, value - error));
}
