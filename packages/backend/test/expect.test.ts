import { createModel, elements, foldBatchNorm, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import {
  expectChain,
  expectLayer,
  expectLayers,
  expectLogits,
  FLOAT16,
  FLOAT32,
  FLOAT64_SUMS,
  precisionOf,
  reference,
  UnsupportedError,
} from "../src/index.ts";

const model = createModel({ alpha: 0.2, resolution: 39, classes: 6 });
const weights = generateWeights(model);
const image = syntheticImage(39);
const layers = expectLayers(model, weights, image);

describe("expectLayers", () => {
  it("has the shapes of every layer up to the classifier", () => {
    expect([...layers.keys()]).toEqual(model.layers.slice(0, -1).map(({ name }) => name));
    for (const { layer, input, fed, chained } of layers.values()) {
      expect(input).toHaveLength(elements(layer.input));
      for (const array of [fed.values, fed.bound, chained.values, chained.bound])
        expect(array).toHaveLength(elements(layer.output));
    }
  });

  it("feeds each layer with what the one before gives, in float32", () => {
    const all = [...layers.values()];
    expect(all[0]?.input).toEqual(image);
    for (const [i, { chained }] of all.slice(0, -1).entries())
      expect(all[i + 1]?.input).toEqual(Float32Array.from(chained.values));
  });

  it("ends with the logits of expectLogits and of the reference", async () => {
    const { chained } = [...layers.values()].at(-1)!;
    const logits = expectLogits(model, weights, image);
    expect(chained).toEqual(logits);
    const session = await reference.load(model, weights);
    expect(await session.infer(image)).toEqual(Float32Array.from(logits.values));
  });

  it("are those of each layer alone, and of the layers in a row", () => {
    const folded = foldBatchNorm(model, weights);
    const nothing = { kernel: new Float32Array(), bias: new Float32Array() };
    const steps = [...layers.values()].map(({ layer }) => ({
      layer,
      folded: folded.get(layer.name) ?? nothing,
    }));
    for (const [i, { input, fed }] of [...layers.values()].entries())
      // Here the noise counts the rounding of the float32 input's results, there that of the chain's.
      expect(expectLayer(steps[i]!, input)).toEqual({ ...fed, noise: expect.closeTo(fed.noise, 12) });
    for (const length of [1, 2, steps.length])
      expect(expectChain(steps.slice(0, length), image)).toEqual([...layers.values()][length - 1]?.chained);
  });

  it("hold float64 sums to the rounding of what is stored", () => {
    const { layer, input, fed } = layers.get("Conv2d_0")!;
    const exact = expectLayer(
      { layer, folded: foldBatchNorm(model, weights).get(layer.name)! },
      input,
      FLOAT64_SUMS,
    );
    expect(exact.values).toEqual(fed.values);
    expect(exact.noise).toBeLessThan(fed.noise / 10);
    for (const [i, bound] of exact.bound.entries())
      if (bound > 0) expect(bound).toBeLessThan(fed.bound[i]! / 10);
  });

  it("allows nothing where rounding cannot leave a clamp, and something everywhere else", () => {
    let cut = 0;
    for (const { layer, fed } of layers.values())
      for (const [i, bound] of fed.bound.entries()) {
        if (bound > 0) continue;
        cut++;
        expect(layer.activation).toBe("relu6");
        expect([0, 6]).toContain(fed.values[i]);
      }
    expect(cut).toBeGreaterThan(0);
  });
});

describe("precisionOf", () => {
  it("holds float64 to the bounds of the float32 that it returns", () => {
    expect(precisionOf({ precision: "fp64" })).toBe(FLOAT32);
    expect(precisionOf({ precision: "fp32" })).toBe(FLOAT32);
    expect(precisionOf({ precision: "fp16" })).toBe(FLOAT16);
  });

  it("refuses int8", () => {
    expect(() => precisionOf({ precision: "int8" })).toThrow(UnsupportedError);
  });
});
