import { computedLayers, createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { checkLogits, compare, expectLayers } from "../src/index.ts";
import { naiveBackend } from "./support/naive-backend.ts";
import { MUTANTS } from "./support/mutants.ts";

const RELU = { alpha: 0.12, resolution: 40, classes: 7, shallow: true };
const MODELS = [
  createModel({ alpha: 0.14, resolution: 40, classes: 10 }),
  createModel({ alpha: 0.1, resolution: 37, classes: 7, conv: true, shallow: true }),
  createModel({ ...RELU, activation: "relu", padding: "symmetric", outputStride: 16 }),
];

describe.each(MODELS)("a mistake in one layer of $name", (model) => {
  const weights = generateWeights(model, 3);
  const image = syntheticImage(model.resolution, 5);
  const expected = expectLayers(model, weights, image);
  const logits = [...expected.values()].at(-1)!.chained;

  /** In how many layers a mutant was applied, changed the output, and was seen in each mode. */
  async function hunt(mutant: (typeof MUTANTS)[number]) {
    const healthy = await naiveBackend().load(model, weights);
    const right = await healthy.layerOutputs!(image);
    const count = { applied: 0, alive: 0, seenFed: 0, seenChained: 0, seenInLogits: 0 };
    for (const layer of computedLayers(model)) {
      if (!mutant.appliesTo(layer)) continue;
      count.applied++;
      const session = await naiveBackend({ mutant, layer: layer.name }).load(model, weights);
      const outputs = await session.layerOutputs!(image);
      // A clamp that nothing reaches, or a dead channel: the outputs are the same, so there is no mistake.
      const isRight = right.get(layer.name)!.every((value, i) => value === outputs.get(layer.name)![i]);
      if (isRight) continue;
      count.alive++;
      const { input, fed, chained } = expected.get(layer.name)!;
      if (!compare(await session.inferLayer!(layer.name, input), fed).ok) count.seenFed++;
      if (!compare(outputs.get(layer.name)!, chained).ok) count.seenChained++;
      if (!checkLogits(await session.infer(image), logits).ok) count.seenInLogits++;
    }
    return count;
  }

  it.each(MUTANTS)("is seen: $name", { timeout: 60_000 }, async (mutant) => {
    const count = await hunt(mutant);
    expect(count.seenFed).toBe(count.alive);
    expect(count.seenChained).toBe(count.alive);
    // A clamp further on may swallow a mistake before it reaches the logits, but rarely.
    expect(count.seenInLogits).toBeGreaterThanOrEqual(0.9 * count.alive);
    // Most mutants must be alive, or this shows nothing.
    expect(count.alive).toBeGreaterThanOrEqual(count.applied / 2);
  });
});
