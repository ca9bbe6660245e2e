import { SpecError } from "../error.ts";
import { elements, type Network } from "../graph/index.ts";
import { kernelShape, weightedLayers, type WeightedLayer } from "../ops/index.ts";

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Named float32 tensors with batch norm unfolded, as trained: `NAME/weights` of every layer that has a kernel (shapes: see
 * {@link kernelShape}); where batch norm follows, `NAME/gamma`, `NAME/beta`, `NAME/moving_mean`, `NAME/moving_variance`, else
 * `NAME/biases`.
 */
export interface Weights {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Added to the variance by batch norm. */
  readonly epsilon: number;
}

/** What most backends compute with: y = kernel ∗ x + bias, float32, in the layouts of {@link Weights}. */
export interface FoldedLayer {
  readonly kernel: Float32Array;
  /** One per output channel. */
  readonly bias: Float32Array;
}
/** By layer name. */
export type FoldedWeights = ReadonlyMap<string, FoldedLayer>;

/** The batch-norm tensors of a convolution, each with one value per output channel. */
export const BATCH_NORM = ["gamma", "beta", "moving_mean", "moving_variance"] as const;

/** The tensors that weights for this model must have, by name. */
export function weightShapes(model: Network): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const layer of weightedLayers(model)) {
    shapes.set(`${layer.name}/weights`, kernelShape(layer));
    const channels = layer.output[2];
    for (const name of layer.batchNorm ? BATCH_NORM : (["biases"] as const))
      shapes.set(`${layer.name}/${name}`, [channels]);
  }
  return shapes;
}

/**
 * Folds batch norm into kernel and bias: with s = γ / √(variance + ε), kernel′ = s·kernel and
 * bias′ = β − s·mean, computed in float64 and rounded once.
 * @throws SpecError where a tensor is missing, has another shape or is not finite, or where folding overflows
 */
export function foldBatchNorm(model: Network, weights: Weights): FoldedWeights {
  return new Map(weightedLayers(model).map((layer) => [layer.name, foldLayer(layer, weights)]));
}

/** {@link foldBatchNorm} of one layer. */
export function foldLayer(layer: WeightedLayer, weights: Weights): FoldedLayer {
  const channels = layer.output[2];
  const kernel = tensor(weights, `${layer.name}/weights`, kernelShape(layer));
  if (!layer.batchNorm) return { kernel, bias: tensor(weights, `${layer.name}/biases`, [channels]) };
  const [gamma, beta, mean, variance] = BATCH_NORM.map((statistic) =>
    tensor(weights, `${layer.name}/${statistic}`, [channels]),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = new Float64Array(channels);
  const bias = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    scale[c] = gamma[c]! / Math.sqrt(variance[c]! + weights.epsilon);
    bias[c] = beta[c]! - scale[c]! * mean[c]!;
  }
  const folded = new Float32Array(kernel.length);
  // The output channel is the last axis of every kernel layout here.
  for (let row = 0; row < kernel.length; row += channels)
    for (let c = 0; c < channels; c++) folded[row + c] = kernel[row + c]! * scale[c]!;
  if (!isFinite(folded) || !isFinite(bias))
    throw new SpecError(
      `batch norm of "${layer.name}" folds to NaN or infinity: a variance is negative or a value too large. Export the weights again.`,
    );
  return { kernel: folded, bias };
}

function tensor(weights: Weights, name: string, shape: readonly number[]): Float32Array {
  const found = weights.tensors.get(name);
  if (!found)
    throw new SpecError(`tensor "${name}" is missing from the weights. They belong to another model.`);
  const { data } = found;
  const count = shape.reduce((product, size) => product * size, 1);
  if (found.shape.join() !== shape.join() || data.length !== count)
    throw new SpecError(
      `tensor "${name}" has shape [${found.shape.join(", ")}] and ${data.length} values, but [${shape.join(", ")}] is needed. The weights belong to another model.`,
    );
  if (!isFinite(data)) throw new SpecError(`tensor "${name}" holds NaN or infinity. Export it again.`);
  return data;
}

/** A sum is finite only where every term is: one pass without a branch per value. */
function isFinite(data: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]!);
  return Number.isFinite(sum);
}

/** Float32 values per image: the length of one input. */
export function inputLength(model: Network): number {
  return elements(model.input);
}
