import { ACTIVATIONS, type Activation } from "../graph/index.ts";
import { createModel, type Model } from "../networks/index.ts";
import { forward, isWeighted, kernelShape, linear, type WeightedLayer } from "../ops/index.ts";
import { uniform } from "../random.ts";
import { syntheticImage } from "../synthetic-image.ts";
import { BATCH_NORM, type Tensor, type Weights } from "./weights.ts";

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

/**
 * Deterministic weights that behave like trained ones: He-uniform kernels, and batch-norm statistics that
 * were measured, layer by layer, on images sent through the network itself. So activations neither die nor
 * saturate at any depth or width. The same seed gives the same bits on every engine: only +, −, ×, ÷ and √
 * are used, which IEEE 754 rounds exactly. The weights do not depend on the resolution.
 * @param seed any 32-bit integer
 */
export function generateWeights(model: Model, seed = 1): Weights {
  const tensors = new Map<string, Tensor>();
  const calibration = createModel({ ...model, resolution: CALIBRATION_RESOLUTION });
  let images: Activations = Array.from(
    { length: CALIBRATION_IMAGES },
    (_, i) => new Float64Array(syntheticImage(CALIBRATION_RESOLUTION, seed + i)),
  );
  const nothing = new Float32Array();
  for (const layer of calibration.layers) {
    if (!isWeighted(layer)) {
      images = images.map((x) => forward(layer, nothing, nothing, x));
      continue;
    }
    const random = (statistic: string, [low, high]: readonly [number, number]) =>
      uniformTensor([layer.output[2]], low, high, seed, `${layer.name}/${statistic}`);
    const kernel = kernelTensor(layer, seed);
    tensors.set(`${layer.name}/weights`, kernel);
    const kernel64 = new Float64Array(kernel.data);
    if (!layer.batchNorm) {
      const biases = random("biases", BIASES);
      tensors.set(`${layer.name}/biases`, biases);
      images = images.map((x) => forward(layer, kernel64, biases.data, x));
      continue;
    }
    const zeros = new Float64Array(layer.output[2]);
    const sums = images.map((x) => linear(layer, kernel64, zeros, x));
    const norm: BatchNorm = {
      gamma: random("gamma", GAMMA),
      beta: random("beta", BETA),
      ...channelStatistics(sums, layer.output[2]),
    };
    for (const statistic of BATCH_NORM) tensors.set(`${layer.name}/${statistic}`, norm[statistic]);
    for (const plane of sums) normalize(plane, norm, layer.activation);
    images = sums;
  }
  return { tensors, epsilon: EPSILON };
}

/** One float64 plane per calibration image. */
type Activations = readonly Float64Array[];

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
