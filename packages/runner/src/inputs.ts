import {
  configOf,
  createModel,
  generateWeights,
  parseModelName,
  syntheticImage,
  type Model,
  type Weights,
} from "@mobilenet-bench/spec";
import type { TimedImages } from "./feed.ts";

/** What an inference is made of, as plain data: every process makes the same bits from it. */
export interface InputSource {
  /** Of the weights and of the synthetic image, where there are no others. */
  readonly seed: number;
  /** A picture, NHWC [1, resolution, resolution, 3] in [−1, 1]. */
  readonly picture?: Float32Array;
  /** Trained weights. */
  readonly weights?: Weights;
}

/** A network as it crosses the wire. */
export interface NamedModel {
  /** Canonical: `mobilenet_v1_1.0_224`. */
  readonly name: string;
  /** Outputs of the classifier, which names do not tell; by default as many as the name's network has. */
  readonly classes?: number;
}

/** A model as a job names it; the network is made anew on the other side. */
export function namedModel({ name, classes }: Model): NamedModel {
  return { name, classes };
}

/** @throws SpecError where there is no such network */
export function modelOf({ name, classes }: NamedModel): Model {
  const model = parseModelName(name);
  return classes === undefined ? model : createModel({ ...configOf(model), classes });
}

/** The network with weights and input, the same bits in every process. */
export function makeInputs(named: NamedModel, { seed, picture, weights }: InputSource) {
  const model = modelOf(named);
  const input = picture ?? syntheticImage(model.resolution, seed);
  return { model, weights: weights ?? generateWeights(model, seed), input };
}

/**
 * The images that timed inferences are made of: the input itself, and another one, so that an answer that belongs to
 * an earlier inference shows.
 */
export function timedImages(resolution: number, { seed, picture }: InputSource): TimedImages {
  return [picture ?? syntheticImage(resolution, seed), syntheticImage(resolution, seed + 1)];
}
