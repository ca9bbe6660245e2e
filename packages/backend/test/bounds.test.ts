import * as fc from "fast-check";
import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { checkLayers, checkLogits, expectLogits, FLOAT16, FLOAT32, type LayerMode } from "../src/index.ts";
import { naiveBackend } from "./support/naive-backend.ts";
import { HALF, SINGLE, type Rounding } from "./support/naive.ts";

const MODELS: readonly ModelConfig[] = [
  { alpha: 0.35, resolution: 33, classes: 7 },
  { alpha: 0.25, resolution: 64, classes: 10 },
  { alpha: 0.1, resolution: 61, classes: 1 },
  { alpha: 0.15, resolution: 37, classes: 100, conv: true },
  { alpha: 0.05, resolution: 96, classes: 10, shallow: true },
];

/**
 * The largest |Δ| / bound of an independent implementation, over all layers: recorded from what was observed,
 * with a little room, so that a change that loosens bounds or arithmetic is noticed.
 */
const OBSERVED: readonly (readonly [string, Rounding, Readonly<Record<LayerMode, number>>])[] = [
  ["float32", SINGLE, { fed: 0.4, chained: 0.15 }],
  ["float16 with float32 sums", HALF, { fed: 0.8, chained: 0.5 }],
];

describe.each(OBSERVED)("an independent implementation in %s", (_, rounding, ceiling) => {
  it.each(MODELS)("is well within the bounds of every layer (%o)", { timeout: 60_000 }, async (config) => {
    const { ok, worst } = await naiveWorst(config, rounding, 1);
    expect(ok).toBe(true);
    for (const mode of ["fed", "chained"] as const) {
      expect(worst[mode]).toBeLessThan(ceiling[mode]);
      // Not a formality either: bounds a thousand times too wide would catch nothing.
      expect(worst[mode]).toBeGreaterThan(0.01);
    }
  });
});

describe("the bounds", () => {
  it("hold for random models, weights and images, with room", { timeout: 60_000 }, async () => {
    const worst = { fed: 0, chained: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 25 }),
        fc.integer({ min: 32, max: 48 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 1e6 }),
        async (percent, resolution, shallow, seed) => {
          const config = { alpha: percent / 100, resolution, classes: 5, shallow };
          const result = await naiveWorst(config, SINGLE, seed);
          worst.fed = Math.max(worst.fed, result.worst.fed);
          worst.chained = Math.max(worst.chained, result.worst.chained);
          return result.ok;
        },
      ),
      { numRuns: process.env["MNB_NIGHTLY"] ? 15 : 5, seed: 1 },
    );
    expect(Math.max(worst.fed, worst.chained)).toBeLessThan(0.5);
    process.stdout.write(`largest |Δ| / bound: fed ${worst.fed}, chained ${worst.chained}\n`);
  });

  it("allow float16 more than float32, and both far less than the logits", () => {
    const model = createModel({ alpha: 0.25, resolution: 40, classes: 10 });
    const weights = generateWeights(model);
    const image = syntheticImage(40);
    const single = expectLogits(model, weights, image, FLOAT32);
    const half = expectLogits(model, weights, image, FLOAT16);
    expect(half.values).toEqual(single.values);
    for (const [i, bound] of single.bound.entries()) {
      expect(bound).toBeGreaterThan(0);
      expect(bound).toBeLessThan(0.01);
      expect(half.bound[i]).toBeGreaterThan(100 * bound);
    }
    expect(half.noise).toBeGreaterThan(1e4 * single.noise);
    expect(checkLogits(Float32Array.from(single.values), single)).toMatchObject({
      ok: true,
      top1: { same: true, agrees: true },
    });
  });
});

async function naiveWorst(config: ModelConfig, rounding: Rounding, seed: number) {
  const model = createModel(config);
  const weights = generateWeights(model, seed);
  const session = await naiveBackend(undefined, rounding).load(model, weights);
  const { ok, comparisons } = await checkLayers(
    session,
    model,
    weights,
    syntheticImage(model.resolution, seed),
  );
  const worst = (mode: LayerMode) =>
    Math.max(...comparisons.filter((c) => c.mode === mode).map(({ worstFraction }) => worstFraction));
  return { ok, worst: { fed: worst("fed"), chained: worst("chained") } };
}
