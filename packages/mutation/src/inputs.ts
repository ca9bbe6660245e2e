import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";

/** A model with what a check computes it from where nothing else is given: generated weights and the synthetic image. */
export function makeInputs(name: string, seed: number) {
  const model = parseModelName(name);
  return { model, weights: generateWeights(model, seed), input: syntheticImage(model.resolution, seed) };
}
