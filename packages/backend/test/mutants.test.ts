import {
  computedLayers,
  createModel,
  foldBatchNorm,
  generateWeights,
  syntheticImage,
} from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { checkLogits, compare, expectLayers } from "../src/index.ts";
import { computeWith, MUTANTS, type Mutant } from "./support/mutants.ts";
import { computationOf, computeNaively, SINGLE, type Computation } from "./support/naive.ts";

const RELU = { alpha: 0.12, resolution: 40, classes: 7, shallow: true };
const MODELS = [
  createModel({ alpha: 0.14, resolution: 40, classes: 10 }),
  createModel({ alpha: 0.1, resolution: 37, classes: 7, conv: true, shallow: true }),
  createModel({ ...RELU, activation: "relu", padding: "symmetric", outputStride: 16 }),
];
const NO_WEIGHTS = { kernel: new Float32Array(), bias: new Float32Array() };

describe.each(MODELS)("a mistake in one layer of $name", (model) => {
  const weights = generateWeights(model, 3);
  const image = syntheticImage(model.resolution, 5);
  const expected = expectLayers(model, weights, image);
  const logits = [...expected.values()].at(-1)!.chained;
  const folded = foldBatchNorm(model, weights);
  const steps = computedLayers(model).map((layer) =>
    computationOf(layer, folded.get(layer.name) ?? NO_WEIGHTS),
  );
  /** Between the layers where none is wrong: the input of each is followed by its output. */
  const healthy = [image, ...chain(steps, image)];

  /**
   * In how many layers a mutant was applied, changed the output, and was seen in each mode. Layers before the wrong
   * one compute what they compute without it, and are not computed again.
   */
  function hunt(mutant: Mutant) {
    const count = { applied: 0, alive: 0, seenFed: 0, seenChained: 0, seenInLogits: 0 };
    for (const [i, step] of steps.entries()) {
      if (!mutant.appliesTo(step.layer)) continue;
      count.applied++;
      const output = computeWith(mutant, step, healthy[i]!, SINGLE);
      // A clamp that nothing reaches, or a dead channel: the outputs are the same, so there is no mistake.
      const isRight = healthy[i + 1]!.every((value, at) => value === output[at]);
      if (isRight) continue;
      count.alive++;
      const { input, fed, chained } = expected.get(step.layer.name)!;
      if (!compare(computeWith(mutant, step, input, SINGLE), fed).ok) count.seenFed++;
      if (!compare(output, chained).ok) count.seenChained++;
      const last = chain(steps.slice(i + 1), output).at(-1) ?? output;
      if (!checkLogits(last, logits).ok) count.seenInLogits++;
    }
    return count;
  }

  it.each(MUTANTS)("is seen: $name", { timeout: 60_000 }, (mutant) => {
    const count = hunt(mutant);
    expect(count.seenFed).toBe(count.alive);
    expect(count.seenChained).toBe(count.alive);
    // A clamp further on may swallow a mistake before it reaches the logits, but rarely.
    expect(count.seenInLogits).toBeGreaterThanOrEqual(0.9 * count.alive);
    // Most mutants must be alive, or this shows nothing.
    expect(count.alive).toBeGreaterThanOrEqual(count.applied / 2);
  });
});

/** The outputs of layers in a row, none of them wrong. */
function chain(steps: readonly Computation[], input: Float32Array): readonly Float32Array[] {
  let x = input;
  return steps.map((step) => (x = computeNaively(step, x, SINGLE)));
}
