import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createModel, foldBatchNorm, generateWeights, type Model } from "@mobilenet-bench/spec";
import { differences, foldedDifferences, models } from "../support/models.ts";
import { readTogether } from "../support/tfjs-files.ts";
import { graphModel, type GraphStyle } from "../support/tfjs-graph.ts";

const styles = fc.record<GraphStyle>({
  norm: fc.constantFrom("fused", "folded", "unfolded"),
  pads: fc.constantFrom("same", "node", "explicit"),
  classifier: fc.constantFrom("matmul", "fused-matmul", "convolution"),
  pool: fc.constantFrom("mean", "mean-keep", "average"),
  shape: fc.constantFrom("constant", "packed", "squeeze"),
  relu6: fc.constantFrom("Relu6", "clip", "minimum"),
  softmax: fc.boolean(),
  signature: fc.boolean(),
});
const PLAIN: GraphStyle = {
  norm: "fused",
  pads: "same",
  classifier: "convolution",
  pool: "mean",
  shape: "constant",
  relu6: "Relu6",
  softmax: true,
  signature: true,
};
const small = createModel({ alpha: 0.1, resolution: 45, classes: 4 });

const read = (model: Model, weights: ReturnType<typeof generateWeights>, style: GraphStyle) => {
  const { json, bytes } = graphModel(model, weights, style);
  return readTogether(json, bytes);
};

describe("a graph model is read to the last bit", () => {
  test("in every form", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(models, styles, fc.integer(), async (model, style, seed) => {
        const weights = generateWeights(model, seed);
        const found = await read(model, weights, style);
        expect(found.format).toBe("TensorFlow.js graph model");
        expect(found.model).toEqual(model);
        if (style.norm === "unfolded") expect(differences(found, { model, weights })).toEqual([]);
        else expect(foldedDifferences(found, foldBatchNorm(model, weights))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("with batch norm as a product and a sum", async () => {
    const weights = generateWeights(small);
    const found = await read(small, weights, { ...PLAIN, norm: "affine" });
    const folded = foldBatchNorm(found.model, found.weights).get("Conv2d_0");
    const own = (name: string) => weights.tensors.get(`Conv2d_0/${name}`)!.data;
    expect(folded?.bias).toEqual(own("beta"));
    const gamma = own("gamma");
    expect(folded?.kernel).toEqual(own("weights").map((value, i) => value * gamma[i % gamma.length]!));
  });
});
