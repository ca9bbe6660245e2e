import {
  foldBatchNorm,
  linear,
  type FoldedLayer,
  type Layer,
  type Model,
  type Weights,
} from "@mobilenet-bench/spec";
import { layersToLogits } from "../layers.ts";
import {
  activate,
  activatedError,
  inheritedVariances,
  LAMBDA,
  magnitudes,
  roundingVariances,
  storageVariances,
  worstCaseErrors,
} from "./bounds.ts";
import { noiseBound, type ErrorVariances } from "./noise.ts";
import { FLOAT32, type Precision } from "./precision.ts";

/** What an output must be: |actual[i] − values[i]| ≤ bound[i] for every element, and Σ(actual[i] − values[i])² ≤ noise. */
export interface Expected {
  readonly values: Float64Array;
  readonly bound: Float64Array;
  /** The largest noise energy that rounding explains; it always holds but for a probability of 1.5e-8. */
  readonly noise: number;
}

export interface ExpectedLayer {
  readonly layer: Layer;
  /** The reference's activation, rounded to float32. */
  readonly input: Float32Array;
  /** The output for exactly that input; the bound always holds. */
  readonly fed: Expected;
  /** The output within one inference; the bound is probabilistic and includes the errors of all layers before. */
  readonly chained: Expected;
}

/**
 * The float64 logits of one image and the allowed absolute error of each.
 * @param input NHWC [1, resolution, resolution, 3]
 * @param inputDeviation by how much each value of an image may be off from `input`, at random and with mean zero:
 * the bounds then hold for the logits of any such image
 */
export function expectLogits(
  model: Model,
  weights: Weights,
  input: Float32Array,
  precision: Precision = FLOAT32,
  inputDeviation = 0,
): Expected {
  let logits: Expected = { values: new Float64Array(), bound: new Float64Array(), noise: 0 };
  for (const { chained } of propagate(model, weights, input, precision, inputDeviation)) logits = chained;
  return logits;
}

/** {@link eachExpectedLayer} of every layer, by name, in order. */
export function expectLayers(
  model: Model,
  weights: Weights,
  input: Float32Array,
  precision: Precision = FLOAT32,
): ReadonlyMap<string, ExpectedLayer> {
  const layers = new Map<string, ExpectedLayer>();
  for (const expected of eachExpectedLayer(model, weights, input, precision))
    layers.set(expected.layer.name, expected);
  return layers;
}

/** What each layer up to the classifier must compute, one after the other, so that none need be kept. */
export function* eachExpectedLayer(
  model: Model,
  weights: Weights,
  input: Float32Array,
  precision: Precision = FLOAT32,
): Generator<ExpectedLayer> {
  for (const step of propagate(model, weights, input, precision)) {
    const { layer, folded, input: x, sizes, chained, own } = step;
    const values = linear(layer, folded.kernel, folded.bias, x);
    const rounded = storageVariances(x, precision);
    const fed = activated(layer, values, worstCaseErrors(layer, sizes, precision), {
      own,
      ...(rounded && { input: inheritedVariances(layer, folded, rounded) }),
    });
    yield { layer, input: x, fed, chained };
  }
}

const NO_WEIGHTS: FoldedLayer = { kernel: new Float32Array(), bias: new Float32Array() };

/** Values and variances of their errors through the network. */
function* propagate(
  model: Model,
  weights: Weights,
  image: Float32Array,
  precision: Precision,
  inputDeviation = 0,
) {
  const foldedWeights = foldBatchNorm(model, weights);
  let x: Float64Array = Float64Array.from(image);
  const stored = storageVariances(image, precision);
  let variances = Float64Array.from(image, (_, i) => (stored?.[i] ?? 0) + inputDeviation * inputDeviation);
  for (const layer of layersToLogits(model)) {
    const folded = foldedWeights.get(layer.name) ?? NO_WEIGHTS;
    const input = Float32Array.from(x);
    const values = linear(layer, folded.kernel, folded.bias, x);
    const sizes = magnitudes(layer, folded, input, precision);
    const inherited = inheritedVariances(layer, folded, variances);
    const own = roundingVariances(layer, folded, input, values, sizes, precision);
    const errors = inherited.map((variance, i) => LAMBDA * Math.sqrt(variance + own[i]!));
    const chained = activated(layer, values, errors, { own, input: inherited });
    yield { layer, folded, input, sizes, chained, own };
    x = chained.values;
    variances = chained.bound.map((bound) => (bound * bound) / LAMBDA ** 2);
  }
}

function activated(
  layer: Layer,
  values: Float64Array,
  errors: Float64Array,
  variances: ErrorVariances,
): Expected {
  const bound = values.map((value, i) => activatedError(layer, value, errors[i]!));
  return {
    values: values.map((value) => activate(layer, value)),
    bound,
    noise: noiseBound(layer, variances, bound),
  };
}
