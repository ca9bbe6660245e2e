import {
  activate,
  computedLayers,
  foldBatchNorm,
  inARow,
  linear,
  mapInputs,
  walk,
  type FoldedLayer,
  type Inputs,
  type Layer,
  type Model,
  type Weights,
} from "@mobilenet-bench/spec";
import {
  activatedError,
  inheritedVariances,
  LAMBDA,
  magnitudes,
  roundingVariances,
  storageIsCoarse,
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
  /** The reference's activation, rounded to float32: of what the layer reads first, and of what else it reads. */
  readonly input: Float32Array;
  readonly others: readonly Float32Array[];
  /** The output for exactly these; the bound always holds. */
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
  return lastOf(propagate(foldLayers(model, weights), input, precision, inputDeviation));
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
  for (const step of propagate(foldLayers(model, weights), input, precision)) {
    const { layer, chained } = step;
    const [first, ...others] = step.inputs;
    yield { layer, input: first, others, fed: fed(step, precision), chained };
  }
}

/** A layer with its weights, batch norm folded; none for a pool. */
export interface FoldedStep {
  readonly layer: Layer;
  readonly folded: FoldedLayer;
}

/** What a layer alone must compute for exactly this input; the bound always holds. */
export function expectLayer(
  { layer, folded }: FoldedStep,
  input: Float32Array,
  precision: Precision = FLOAT32,
): Expected {
  const values = linear(layer, folded.kernel, folded.bias, input);
  const sizes = magnitudes(layer, folded, [input], precision);
  const own = roundingVariances(layer, folded, [input], values, sizes, precision);
  return fed({ layer, folded, inputs: [input], sizes, own }, precision, values);
}

/** What layers in a row must compute; the bound is probabilistic. */
export function expectChain(
  steps: readonly FoldedStep[],
  input: Float32Array,
  precision: Precision = FLOAT32,
  inputDeviation = 0,
): Expected {
  const layers = inARow(steps.map(({ layer }) => layer));
  const row = steps.map(({ folded }, index) => ({ layer: layers[index]!, folded }));
  return lastOf(propagate(row, input, precision, inputDeviation));
}

function lastOf(propagated: Iterable<{ readonly chained: Expected }>): Expected {
  let last: Expected = NOTHING;
  for (const { chained } of propagated) last = chained;
  return last;
}

const NOTHING: Expected = { values: new Float64Array(), bound: new Float64Array(), noise: 0 };
const NO_WEIGHTS: FoldedLayer = { kernel: new Float32Array(), bias: new Float32Array() };

function foldLayers(model: Model, weights: Weights): readonly FoldedStep[] {
  const folded = foldBatchNorm(model, weights);
  return computedLayers(model).map((layer) => ({ layer, folded: folded.get(layer.name) ?? NO_WEIGHTS }));
}

/** An output, and the variances of its errors. */
interface Uncertain {
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

/** A layer with what it reads, S of each output and the variances of its own rounding. */
interface FedStep extends FoldedStep {
  readonly inputs: Inputs<Float32Array>;
  readonly sizes: Float64Array;
  readonly own: Float64Array;
}

/** Values and variances of their errors, layer by layer. */
function propagate(
  steps: readonly FoldedStep[],
  first: Float32Array,
  precision: Precision,
  inputDeviation = 0,
): Generator<FedStep & Uncertain & { readonly chained: Expected }> {
  const stored = storageIsCoarse(precision) ? storageVariances(first, precision) : undefined;
  const image: Uncertain = {
    values: Float64Array.from(first),
    variances: Float64Array.from(first, (_, i) => (stored?.[i] ?? 0) + inputDeviation * inputDeviation),
  };
  const weights = new Map(steps.map(({ layer, folded }) => [layer.name, folded]));
  return walk(
    steps.map(({ layer }) => layer),
    image,
    (layer, read: Inputs<Uncertain>) => {
      const folded = weights.get(layer.name) ?? NO_WEIGHTS;
      const inputs = mapInputs(read, ({ values }) => Float32Array.from(values));
      const values = linear(layer, folded.kernel, folded.bias, ...mapInputs(read, ({ values }) => values));
      const sizes = magnitudes(layer, folded, inputs, precision);
      const inherited = inheritedVariances(
        layer,
        folded,
        mapInputs(read, ({ variances }) => variances),
      );
      const own = roundingVariances(layer, folded, inputs, values, sizes, precision);
      const errors = inherited.map((variance, i) => LAMBDA * Math.sqrt(variance + own[i]!));
      const chained = activated(layer, values, errors, { own, input: inherited });
      const variances = chained.bound.map((bound) => (bound * bound) / LAMBDA ** 2);
      return { layer, folded, inputs, sizes, own, chained, values: chained.values, variances };
    },
  );
}

function fed(
  { layer, folded, inputs, sizes, own }: FedStep,
  precision: Precision,
  values = linear(layer, folded.kernel, folded.bias, ...inputs),
): Expected {
  const inherited = () =>
    inheritedVariances(
      layer,
      folded,
      mapInputs(inputs, (input) => storageVariances(input, precision)),
    );
  return activated(layer, values, worstCaseErrors(layer, sizes, precision), {
    own,
    ...(storageIsCoarse(precision) && { input: inherited() }),
  });
}

function activated(
  layer: Layer,
  values: Float64Array,
  errors: Float64Array,
  variances: ErrorVariances,
): Expected {
  const bound = values.map((value, i) => activatedError(layer, value, errors[i]!));
  return {
    values: values.map((value) => activate(layer.activation, value)),
    bound,
    noise: noiseBound(layer, variances, bound),
  };
}
