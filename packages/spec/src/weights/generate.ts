import { ACTIVATIONS, mapInputs, walk, type Activation, type Inputs, type Layer } from "../graph/index.ts";
import { createModel, type Model } from "../networks/index.ts";
import { forward, isWeighted, kernelShape, linear, type WeightedLayer } from "../ops/index.ts";
import { uniform } from "../random.ts";
import { syntheticImage } from "../synthetic-image.ts";
import type { BATCH_NORM, Tensor, Weights } from "./weights.ts";

/** TensorFlow-Slim's value for MobileNet. */
const EPSILON = 1e-3;
/**
 * Images that batch-norm statistics are measured on, and their side: small, since the statistics of a
 * layer hardly depend on the resolution and generation must stay cheap.
 */
const CALIBRATION_IMAGES = 2;
const CALIBRATION_RESOLUTION = 48;
/**
 * Ranges of γ and β: about a third of the activations are cut off at 0 and one in a few hundred at 6, as in
 * trained networks, so that neither clamp of ReLU6 can go missing unnoticed.
 */
const GAMMA = [1, 2.5] as const;
const BETA = [-0.5, 1.5] as const;
/** Of layers without batch norm. */
const BIASES = [-0.1, 0.1] as const;
const NOTHING = new Float32Array();

/**
 * Deterministic weights that behave like trained ones: He-uniform kernels, and batch-norm statistics that
 * were measured, layer by layer, on images sent through the network itself. So activations neither die nor
 * saturate at any depth or width. The same seed gives the same bits on every engine: only +, −, ×, ÷ and √
 * are used, which IEEE 754 rounds exactly. The weights do not depend on the resolution.
 * @param seed any 32-bit integer
 */
export function generateWeights(model: Model, seed = 1): Weights {
  const { layers } = createModel({ ...model, resolution: CALIBRATION_RESOLUTION });
  const images = Array.from(
    { length: CALIBRATION_IMAGES },
    (_, i) => new Float64Array(syntheticImage(CALIBRATION_RESOLUTION, seed + i)),
  );
  const pictures: Calibrated = { planes: images, tensors: new Map() };
  const calibrated = walk(layers, pictures, (layer, inputs) => calibrate(layer, inputs, seed));
  return { tensors: new Map([...calibrated].flatMap(({ tensors }) => [...tensors])), epsilon: EPSILON };
}

/** One float64 plane per calibration image. */
type Activations = readonly Float64Array[];

/** What a layer makes of the calibration images, and the tensors that it got for that. */
interface Calibrated {
  readonly planes: Activations;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

function calibrate(layer: Layer, inputs: Inputs<Calibrated>, seed: number): Calibrated {
  const each = (compute: (...planes: Inputs<Float64Array>) => Float64Array) =>
    inputs[0].planes.map((_, image) => compute(...mapInputs(inputs, ({ planes }) => planes[image]!)));
  if (!isWeighted(layer))
    return { planes: each((...planes) => forward(layer, NOTHING, NOTHING, ...planes)), tensors: new Map() };
  const channels = layer.output[2];
  const named = (own: Readonly<Record<string, Tensor>>) =>
    new Map(Object.entries(own).map(([name, tensor]) => [`${layer.name}/${name}`, tensor] as const));
  const random = (name: string, [low, high]: readonly [number, number]) =>
    uniformTensor([channels], low, high, seed, `${layer.name}/${name}`);
  const weights = kernelTensor(layer, seed);
  const kernel = new Float64Array(weights.data);
  if (!layer.batchNorm) {
    const biases = random("biases", BIASES);
    const planes = each((...planes) => forward(layer, kernel, biases.data, ...planes));
    return { planes, tensors: named({ weights, biases }) };
  }
  const zeros = new Float64Array(channels);
  const sums = each((...planes) => linear(layer, kernel, zeros, ...planes));
  const norm: BatchNorm = {
    gamma: random("gamma", GAMMA),
    beta: random("beta", BETA),
    ...channelStatistics(sums, channels),
  };
  for (const plane of sums) normalize(plane, norm, layer.activation);
  return { planes: sums, tensors: named({ weights, ...norm }) };
}

type BatchNorm = Readonly<Record<(typeof BATCH_NORM)[number], Tensor>>;

/** He-uniform: variance 2 / fan-in, which keeps the variance of activations through ReLU. */
function kernelTensor(layer: WeightedLayer, seed: number): Tensor {
  const shape = kernelShape(layer);
  const fanIn = layer.params / layer.output[2];
  const limit = Math.sqrt(6 / fanIn);
  return uniformTensor(shape, -limit, limit, seed, `${layer.name}/weights`);
}

function uniformTensor(
  shape: readonly number[],
  low: number,
  high: number,
  seed: number,
  name: string,
): Tensor {
  const next = uniform(seed, name);
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < data.length; i++) data[i] = low + ((next() + 1) / 2) * (high - low);
  return { shape, data };
}

/**
 * Mean and variance per output channel before batch norm. The deepest layers have only a few pixels to
 * measure on, so each variance is drawn half-way towards the mean over the channels.
 */
function channelStatistics(planes: Activations, channels: number) {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (const values of planes)
    for (let i = 0; i < values.length; i += channels) {
      count++;
      for (let c = 0; c < channels; c++) {
        sums[c]! += values[i + c]!;
        squares[c]! += values[i + c]! * values[i + c]!;
      }
    }
  const mean = sums.map((sum) => sum / count);
  const variance = squares.map((square, c) => square / count - mean[c]! * mean[c]!);
  const average = variance.reduce((sum, value) => sum + value, 0) / channels;
  const tensor = (data: Float64Array): Tensor => ({ shape: [channels], data: new Float32Array(data) });
  return {
    moving_mean: tensor(mean),
    moving_variance: tensor(variance.map((value) => (value + average) / 2)),
  };
}

/** Batch norm and the activation, in place. */
function normalize(plane: Float64Array, norm: BatchNorm, activation: Activation) {
  const [least, greatest] = ACTIVATIONS[activation];
  const { gamma, beta, moving_mean: mean, moving_variance: variance } = norm;
  const channels = gamma.data.length;
  const scale = Float64Array.from(gamma.data, (value, c) => value / Math.sqrt(variance.data[c]! + EPSILON));
  for (let i = 0; i < plane.length; i += channels)
    for (let c = 0; c < channels; c++) {
      const value = (plane[i + c]! - mean.data[c]!) * scale[c]! + beta.data[c]!;
      plane[i + c] = Math.min(Math.max(value, least), greatest);
    }
}
