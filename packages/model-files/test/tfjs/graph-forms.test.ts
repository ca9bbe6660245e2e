import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createModel, foldBatchNorm, generateWeights, type Model } from "@mobilenet-bench/spec";
import { differences, foldedDifferences, models } from "../support/models.ts";
import { runs } from "../support/runs.ts";
import { readTogether } from "../support/tfjs-files.ts";
import { graphModel, type GraphStyle } from "../support/tfjs-graph.ts";

const styles = fc.record<GraphStyle>({
  norm: fc.constantFrom("fused", "folded", "unfolded"),
  pads: fc.constantFrom("same", "node", "explicit"),
  classifier: fc.constantFrom("matmul", "fused-matmul", "convolution"),
  pool: fc.constantFrom("mean", "mean-keep", "average"),
  shape: fc.constantFrom("constant", "packed", "concatenated", "squeeze"),
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
      runs(8, 25),
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

  test("with biases that are taken off", async () => {
    const weights = generateWeights(small);
    const { json, bytes } = graphModel(small, weights, { ...PLAIN, norm: "folded", classifier: "matmul" });
    const text = JSON.stringify(json);
    const found = await readTogether(text.replaceAll('"BiasAdd"', '"Sub"'), bytes);
    const folded = foldBatchNorm(found.model, found.weights);
    for (const [name, { bias }] of foldBatchNorm(small, weights))
      expect(folded.get(name)?.bias).toEqual(bias.map((value) => -value));
  });

  test.each([
    [4, 0.25],
    [0.5, 2],
  ])("a division by %d is exact", async (divisor, factor) => {
    const weights = generateWeights(small);
    const ones = new Float32Array(weights.tensors.get("Conv2d_0/gamma")!.data.length).fill(divisor);
    const changed = new Map(weights.tensors).set("Conv2d_0/gamma", { shape: [ones.length], data: ones });
    const { json, bytes } = graphModel(small, { ...weights, tensors: changed }, { ...PLAIN, norm: "affine" });
    const [before, after] = JSON.stringify(json).split('"op":"Mul","name":"Conv2d_0/scaled"');
    const swapped = after!.replace(
      '["Conv2d_0/gamma","Conv2d_0/convolved"]',
      '["Conv2d_0/convolved","Conv2d_0/gamma"]',
    );
    const found = await readTogether(`${before}"op":"RealDiv","name":"Conv2d_0/scaled"${swapped}`, bytes);
    const kernel = foldBatchNorm(found.model, found.weights).get("Conv2d_0")?.kernel;
    expect(kernel).toEqual(weights.tensors.get("Conv2d_0/weights")!.data.map((value) => value * factor));
  });

  test("a matrix that is to be transposed is", async () => {
    const weights = generateWeights(small);
    const { data, shape } = weights.tensors.get("Logits/weights")!;
    const [rows = 0, columns = 0] = shape;
    const turned = Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!);
    const tensors = new Map(weights.tensors).set("Logits/weights", { shape, data: turned });
    const style = { ...PLAIN, norm: "unfolded", classifier: "matmul" } as const;
    const { json, bytes } = graphModel(small, { ...weights, tensors }, style);
    const text = JSON.stringify(json)
      .replace(
        '"input":["Logits/flat","Logits/kernel"],"attr":{}',
        '"input":["Logits/flat","Logits/kernel"],"attr":{"transpose_b":{"b":true}}',
      )
      .replace(
        `"name":"Logits/kernel","shape":[${rows},${columns}]`,
        `"name":"Logits/kernel","shape":[${columns},${rows}]`,
      );
    expect(differences(await readTogether(text, bytes), { model: small, weights })).toEqual([]);
  });
});
