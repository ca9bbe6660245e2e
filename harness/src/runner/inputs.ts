import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";

/** What an inference is made of, as plain data: every process makes the same bits from it. */
export interface InputSource {
  /** Of the weights, and of the synthetic image where there is no picture. */
  readonly seed: number;
  /** A picture, NHWC [1, resolution, resolution, 3] in [−1, 1]. */
  readonly picture?: Float32Array;
}

export function makeInputs(config: ModelConfig, { seed, picture }: InputSource) {
  const model = createModel(config);
  const input = picture ?? syntheticImage(model.resolution, seed);
  return { model, weights: generateWeights(model, seed), input };
}
