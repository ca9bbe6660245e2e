import type { Model, Weights } from "@mobilenet-bench/spec";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import type { BatchMoments } from "./batch-norm.ts";
import { initialParameters, toWeights, trainableSlots, trainingLogits } from "./network.ts";
import type { TensorFlow } from "./start-tensorflow.ts";
import type { Batch } from "./training-set.ts";

/** All that changes during training, each a vector over every tensor of its kind. */
export interface TrainerState {
  readonly parameters: Float32Array;
  /** RMSprop's running mean of squared gradients. */
  readonly meanSquares: Float32Array;
  readonly momentum: Float32Array;
}

/** RMSprop as the authors' code sets it, but for ε: theirs is 1, with which a short training gets nowhere. */
const DECAY = 0.9;
const MOMENTUM = 0.9;
const RMSPROP_EPSILON = 1e-6;
/** Of the kernels that are not depthwise: those have few parameters, and the paper leaves them be. */
const WEIGHT_DECAY = 4e-5;
/** Trains one model by RMSprop on the cross entropy of its softmax. */
export class Trainer {
  readonly #tf: TensorFlow;
  readonly #model: Model;
  readonly #weightDecay: Tensor1D;
  #parameters: Tensor1D;
  #meanSquares: Tensor1D;
  #momentum: Tensor1D;

  constructor(tf: TensorFlow, model: Model, state: TrainerState) {
    this.#tf = tf;
    this.#model = model;
    this.#parameters = tf.tensor1d(state.parameters);
    this.#meanSquares = tf.tensor1d(state.meanSquares);
    this.#momentum = tf.tensor1d(state.momentum);
    const decays = trainableSlots(model).map(({ name, size }) =>
      tf.tensor1d(new Float32Array(size).fill(isDecayed(name) ? WEIGHT_DECAY : 0)),
    );
    this.#weightDecay = tf.concat(decays);
    tf.dispose(decays);
  }

  static initialState(model: Model, seed: number): TrainerState {
    const parameters = initialParameters(model, seed);
    const zeros = () => new Float32Array(parameters.length);
    // Mean squares start at 1, as in TensorFlow: the first steps are small.
    return { parameters, meanSquares: zeros().fill(1), momentum: zeros() };
  }

  /** One step; returns the loss before it. */
  async step(batch: Batch, learningRate: number): Promise<number> {
    const tf = this.#tf;
    const old = [this.#parameters, this.#meanSquares, this.#momentum];
    const loss = tf.tidy(() => {
      const y = tf.tensor2d(batch.targets, [this.#sizeOf(batch), this.#model.classes]);
      const lossOf = (...parameters: Tensor[]): Scalar =>
        tf.losses.softmaxCrossEntropy(y, this.#logits(batch, parameters));
      const { value, grads } = tf.valueAndGrads(lossOf)(this.#split());
      this.#update(tf.concat(grads), learningRate);
      return value;
    });
    tf.dispose(old);
    const [value = NaN] = await loss.data();
    loss.dispose();
    return value;
  }

  #update(gradient: Tensor, learningRate: number) {
    const tf = this.#tf;
    const full = tf.add(gradient, tf.mul(this.#weightDecay, this.#parameters));
    const kept = tf.mul(this.#meanSquares, DECAY);
    const meanSquares: Tensor1D = tf.add(kept, tf.mul(tf.square(full), 1 - DECAY));
    const step = tf.div(tf.mul(full, learningRate), tf.sqrt(tf.add(meanSquares, RMSPROP_EPSILON)));
    const momentum: Tensor1D = tf.add(tf.mul(this.#momentum, MOMENTUM), step);
    this.#parameters = tf.keep(tf.sub(this.#parameters, momentum));
    this.#meanSquares = tf.keep(meanSquares);
    this.#momentum = tf.keep(momentum);
  }

  #sizeOf({ targets }: Batch) {
    return targets.length / this.#model.classes;
  }

  #split() {
    const sizes = trainableSlots(this.#model).map(({ size }) => size);
    return this.#tf.split(this.#parameters, sizes);
  }

  #logits(batch: Batch, parameters: readonly Tensor[], observe: (moments: BatchMoments) => void = () => {}) {
    const { resolution } = this.#model;
    const x = this.#tf.tensor4d(batch.inputs, [this.#sizeOf(batch), resolution, resolution, 3]);
    const named = new Map(trainableSlots(this.#model).map(({ name }, i) => [name, parameters[i]!]));
    return trainingLogits(this.#tf, this.#model, named, x, observe);
  }

  /**
   * The weights as they are now. Batch norm's statistics are averages over the batches given: measured at once for
   * these weights, they are right at any time, while moving averages lag behind what the steps change.
   */
  async weights(sample: readonly Batch[]): Promise<Weights> {
    const tf = this.#tf;
    const statistics = tf.tidy(() => {
      const perBatch = sample.map((batch) =>
        tf.tidy(() => {
          const moments: Tensor1D[] = [];
          this.#logits(batch, this.#split(), ({ mean, variance }) => moments.push(mean, variance));
          return tf.concat(moments);
        }),
      );
      return tf.mean<Tensor1D>(tf.stack(perBatch), 0);
    });
    const { parameters } = await this.state();
    const weights = toWeights(this.#model, parameters, Float32Array.from(await statistics.data()));
    statistics.dispose();
    return weights;
  }

  async state(): Promise<TrainerState> {
    const read = async (tensor: Tensor1D) => Float32Array.from(await tensor.data());
    return {
      parameters: await read(this.#parameters),
      meanSquares: await read(this.#meanSquares),
      momentum: await read(this.#momentum),
    };
  }
}

function isDecayed(name: string): boolean {
  return name.endsWith("/weights") && !name.includes("depthwise");
}
