import {
  generateWeights,
  isWeighted,
  kernelShape,
  weightShapes,
  type Layer,
  type Model,
  type Tensor as SpecTensor,
  type Weights,
} from "@mobilenet-bench/spec";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { batchMoments, batchNorm, type BatchMoments } from "./batch-norm.ts";
import type { TensorFlow } from "./start-tensorflow.ts";

/** Added to the variance by batch norm, as in TensorFlow-Slim's MobileNet. */
const EPSILON = 1e-3;

/** A named part of a long vector. */
interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
}

/** What the optimiser changes: every tensor of the weights but batch norm's statistics. */
export function trainableSlots(model: Model): readonly Slot[] {
  return slots(model, (name) => !isStatistic(name));
}

/** Batch norm's statistics: mean and variance of each convolution in turn. */
function statisticSlots(model: Model): readonly Slot[] {
  return slots(model, isStatistic);
}

function slots(model: Model, belongs: (name: string) => boolean): readonly Slot[] {
  return [...weightShapes(model)]
    .filter(([name]) => belongs(name))
    .map(([name, shape]) => ({ name, shape, size: shape.reduce((product, side) => product * side, 1) }));
}

const isStatistic = (name: string) => name.includes("/moving_");

/** The parts of a vector, by name, as arrays of their own. */
function unpack(vector: Float32Array, parts: readonly Slot[]): Map<string, SpecTensor> {
  const tensors = new Map<string, SpecTensor>();
  let at = 0;
  for (const { name, shape, size } of parts) {
    tensors.set(name, { shape, data: vector.slice(at, at + size) });
    at += size;
  }
  return tensors;
}

/** How much of the spec's random depthwise kernel a first one has beside the 1 at its centre. */
const DEPTHWISE_NOISE = 0.3;
/** High enough that ReLU6 cuts off little of N(0, 1) at first, on either side. */
const FIRST_BETA = 1;

/**
 * Where training starts: kernels as the spec draws them, the depthwise ones weakened and close to the identity, and
 * batch norm that leaves most values below ReLU6's bend. So the network is almost linear at first, and the gradient
 * reaches its first layers: with plain random kernels the loss stays where it is for many hundred steps. The
 * classifier starts at 0, where each class is as likely.
 */
export function initialParameters(model: Model, seed: number): Float32Array {
  const { tensors } = generateWeights(model, seed);
  const initial = ({ name, size }: Slot): Float32Array => {
    const drawn = tensors.get(name)?.data ?? new Float32Array(size);
    if (name.startsWith("Logits/")) return new Float32Array(size);
    if (name.endsWith("depthwise/weights"))
      return drawn.map((value, i) => DEPTHWISE_NOISE * value + (isCentre(i, size) ? 1 : 0));
    if (name.endsWith("/weights")) return drawn;
    if (name.endsWith("/beta")) return new Float32Array(size).fill(FIRST_BETA);
    return new Float32Array(size).fill(1);
  };
  return Float32Array.from(trainableSlots(model).flatMap((slot) => Array.from(initial(slot))));
}

/** Of a depthwise kernel [3, 3, channels, 1]. */
function isCentre(index: number, size: number): boolean {
  return Math.floor((index * 9) / size) === 4;
}

/** Both kinds of vectors as the spec's weights. */
export function toWeights(model: Model, parameters: Float32Array, statistics: Float32Array): Weights {
  const parts = new Map([
    ...unpack(parameters, trainableSlots(model)),
    ...unpack(statistics, statisticSlots(model)),
  ]);
  const tensors = new Map<string, SpecTensor>();
  for (const name of weightShapes(model).keys()) {
    const tensor = parts.get(name);
    if (tensor) tensors.set(name, tensor);
  }
  return { tensors, epsilon: EPSILON };
}

/**
 * The logits of a batch, differentiable, with batch norm on the batch's own statistics.
 * @param parameters the tensors of {@link trainableSlots} by name, each as a vector
 * @param x [n, resolution, resolution, 3]
 * @param observe gets each convolution's statistics, in the order of the layers
 */
export function trainingLogits(
  tf: TensorFlow,
  model: Model,
  parameters: ReadonlyMap<string, Tensor>,
  x: Tensor4D,
  observe: (moments: BatchMoments) => void,
): Tensor2D {
  const parameter = (layer: Layer, name: string) => {
    const tensor = parameters.get(`${layer.name}/${name}`);
    if (!tensor) throw new Error(`[trained] ${layer.name}/${name} has no value. Report it.`);
    return tensor;
  };
  let value = x;
  for (const layer of model.layers) {
    if (!isWeighted(layer)) continue;
    const weights = parameter(layer, "weights");
    if (layer.type === "dense") {
      const pooled: Tensor2D = tf.mean(value, [1, 2]);
      const matrix: Tensor2D = tf.reshape(weights, [layer.input[2], model.classes]);
      return tf.add(tf.matMul(pooled, matrix), parameter(layer, "biases"));
    }
    const [rows = 0, columns = 0, depth = 0, channels = 0] = kernelShape(layer);
    const kernel: Tensor4D = tf.reshape(weights, [rows, columns, depth, channels]);
    const convolve = layer.type === "depthwise" ? tf.depthwiseConv2d : tf.conv2d;
    const sums: Tensor4D = convolve(value, kernel, layer.stride, "same");
    const moments = batchMoments(tf, sums);
    observe(moments);
    const [gamma, beta] = [parameter(layer, "gamma"), parameter(layer, "beta")];
    value = tf.relu6(batchNorm(tf, sums, gamma, beta, moments, EPSILON));
  }
  throw new Error(`[trained] ${model.name} has no classifier. Report it.`);
}
