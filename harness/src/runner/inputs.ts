import {
  createModel,
  generateWeights,
  syntheticImage,
  type ModelConfig,
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

export function makeInputs(config: ModelConfig, { seed, picture, weights }: InputSource) {
  const model = createModel(config);
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
