import type { Model, Weights } from "@mobilenet-bench/spec";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import type { BatchMoments } from "./batch-norm.ts";
import { initialVectors, toWeights, trainableSlots, trainingLogits } from "./network.ts";
import type { TensorFlow } from "./start-tensorflow.ts";
import type { Batch } from "./training-set.ts";

/** All that changes during training, each a vector over every tensor of its kind. */
export interface TrainerState {
  readonly parameters: Float32Array;
  /** RMSprop's running mean of squared gradients. */
  readonly meanSquares: Float32Array;
  readonly momentum: Float32Array;
  /** Batch norm's moving means and variances. */
  readonly statistics: Float32Array;
}

/** RMSprop as the authors' code sets it, but for ε: theirs is 1, with which a short training gets nowhere. */
const DECAY = 0.9;
const MOMENTUM = 0.9;
const RMSPROP_EPSILON = 1e-6;
/** Of the kernels that are not depthwise: those have few parameters, and the paper leaves them be. */
const WEIGHT_DECAY = 4e-5;
/** How much of batch norm's moving statistics a step keeps: settled within a few hundred steps. */
const KEPT = 0.99;

/** Trains one model by RMSprop on the cross entropy of its softmax. */
export class Trainer {
  readonly #tf: TensorFlow;
  readonly #model: Model;
  readonly #weightDecay: Tensor1D;
  #parameters: Tensor1D;
  #meanSquares: Tensor1D;
  #momentum: Tensor1D;
  #statistics: Tensor1D;

  constructor(tf: TensorFlow, model: Model, state: TrainerState) {
    this.#tf = tf;
    this.#model = model;
    this.#parameters = tf.tensor1d(state.parameters);
    this.#meanSquares = tf.tensor1d(state.meanSquares);
    this.#momentum = tf.tensor1d(state.momentum);
    this.#statistics = tf.tensor1d(state.statistics);
    const decays = trainableSlots(model).map(({ name, size }) =>
      tf.tensor1d(new Float32Array(size).fill(isDecayed(name) ? WEIGHT_DECAY : 0)),
    );
    this.#weightDecay = tf.concat(decays);
    tf.dispose(decays);
  }

  static initialState(model: Model, seed: number): TrainerState {
    const { parameters, statistics } = initialVectors(model, seed);
    const zeros = () => new Float32Array(parameters.length);
    // Mean squares start at 1, as in TensorFlow: the first steps are small.
    return { parameters, statistics, meanSquares: zeros().fill(1), momentum: zeros() };
  }

  /** One step; returns the loss before it. */
  async step(batch: Batch, learningRate: number): Promise<number> {
    const tf = this.#tf;
    const moments: BatchMoments[] = [];
    const old = [this.#parameters, this.#meanSquares, this.#momentum, this.#statistics];
    const loss = tf.tidy(() => {
      const { value, gradient } = this.#gradient(batch, moments);
      this.#update(gradient, moments, learningRate);
      return value;
    });
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
    tf.dispose(old);
    const [value = NaN] = await loss.data();
    loss.dispose();
    return value;
  }

  /** The loss of a batch and its gradient; `moments` gets each convolution's statistics. */
  #gradient({ inputs, targets }: Batch, moments: BatchMoments[]) {
    const tf = this.#tf;
    const { classes, resolution } = this.#model;
    const size = targets.length / classes;
    const x = tf.tensor4d(inputs, [size, resolution, resolution, 3]);
    const y = tf.tensor2d(targets, [size, classes]);
    const slots = trainableSlots(this.#model);
    const sizes = slots.map((slot) => slot.size);
    const parts = tf.split(this.#parameters, sizes).map((part, i) => tf.reshape(part, [...slots[i]!.shape]));
    const lossOf = (...tensors: Tensor[]): Scalar => {
      const parameters = new Map(slots.map(({ name }, i) => [name, tensors[i]!]));
      const logits = trainingLogits(tf, this.#model, parameters, x, ({ mean, variance }) =>
        moments.push({ mean: tf.keep(mean), variance: tf.keep(variance) }),
      );
      return tf.losses.softmaxCrossEntropy(y, logits);
    };
    const { value, grads } = tf.valueAndGrads(lossOf)(parts);
    const flat = grads.map((gradient): Tensor1D => tf.reshape(gradient, [gradient.size]));
    return { value, gradient: tf.concat(flat) };
  }

  #update(gradient: Tensor1D, moments: readonly BatchMoments[], learningRate: number) {
    const tf = this.#tf;
    const full: Tensor1D = tf.add(gradient, tf.mul(this.#weightDecay, this.#parameters));
    const meanSquares: Tensor1D = mix(tf, this.#meanSquares, tf.square(full), DECAY);
    const step = tf.div(tf.mul(full, learningRate), tf.sqrt(tf.add(meanSquares, RMSPROP_EPSILON)));
    const momentum: Tensor1D = tf.add(tf.mul(this.#momentum, MOMENTUM), step);
    const parameters: Tensor1D = tf.sub(this.#parameters, momentum);
    const observed = tf.concat(moments.flatMap(({ mean, variance }) => [mean, variance]));
    this.#statistics = tf.keep(mix(tf, this.#statistics, observed, KEPT));
    this.#parameters = tf.keep(parameters);
    this.#meanSquares = tf.keep(meanSquares);
    this.#momentum = tf.keep(momentum);
  }

  async state(): Promise<TrainerState> {
    const read = async (tensor: Tensor1D) => Float32Array.from(await tensor.data());
    return {
      parameters: await read(this.#parameters),
      meanSquares: await read(this.#meanSquares),
      momentum: await read(this.#momentum),
      statistics: await read(this.#statistics),
    };
  }

  async weights(): Promise<Weights> {
    const { parameters, statistics } = await this.state();
    return toWeights(this.#model, parameters, statistics);
  }
}

function mix(tf: TensorFlow, old: Tensor1D, fresh: Tensor1D, kept: number): Tensor1D {
  return tf.add(tf.mul(old, kept), tf.mul(fresh, 1 - kept));
}

function isDecayed(name: string): boolean {
  return name.endsWith("/weights") && !name.includes("depthwise");
}
