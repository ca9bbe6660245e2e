import fc from "fast-check";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { foldedDifferences, models, readBytes } from "./support/models.ts";
import { runs } from "./support/runs.ts";
import { STYLES, writeInStyle, type Style } from "./support/onnx-styles.ts";

const TIMEOUT_MS = 120_000;

const styles: fc.Arbitrary<Style> = fc.record({
  opset: fc.constantFrom(...STYLES.opset),
  input: fc.constantFrom(...STYLES.input),
  norm: fc.constantFrom(...STYLES.norm),
  pads: fc.constantFrom(...STYLES.pads),
  relu6: fc.constantFrom(...STYLES.relu6),
  pool: fc.constantFrom(...STYLES.pool),
  classifier: fc.constantFrom(...STYLES.classifier),
  tail: fc.constantFrom(...STYLES.tail),
  weights: fc.constantFrom(...STYLES.weights),
});

describe("the same network in the words of other exporters", () => {
  test("is the same model, with the same weights", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(models, styles, async (model, style) => {
        const { bytes, folded } = writeInStyle(model, generateWeights(model), style);
        const options = style.input === "open" ? { resolution: model.resolution } : {};
        const found = await readBytes(bytes, options);
        expect(found.model).toEqual(model);
        expect(found.notes.some((note) => note.includes("float64"))).toBe(style.weights === "double");
        if (folded) expect(foldedDifferences(found, folded)).toEqual([]);
      }),
      runs(12, 40),
    );
  });

  test("computes the same on ONNX Runtime as what is made of it", { timeout: TIMEOUT_MS }, async () => {
    const model = createModel({ alpha: 0.25, resolution: 45, classes: 7 });
    const weights = generateWeights(model);
    const image = syntheticImage(45);
    await fc.assert(
      fc.asyncProperty(styles, async (style) => {
        const { bytes } = writeInStyle(model, weights, style);
        const found = await readBytes(bytes, { resolution: 45 });
        const softmax = style.tail === "softmax" || style.tail === "reshape-softmax";
        const expected = await compute(bytes, style.input !== "nhwc-transposed", image);
        const again = await compute(exportOnnx(found.model, found.weights, { softmax }), false, image);
        expect(again).toHaveLength(7);
        again.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 3));
      }),
      runs(7, 20),
    );
  });
});

/** The one output for an image NHWC [45, 45, 3]. */
async function compute(bytes: Uint8Array, isNchw: boolean, image: Float32Array): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  const planes = image.map((_, at) => image[(at % (45 * 45)) * 3 + Math.floor(at / (45 * 45))]!);
  const tensor = isNchw
    ? new ort.Tensor("float32", planes, [1, 3, 45, 45])
    : new ort.Tensor("float32", image, [1, 45, 45, 3]);
  const outputs = await session.run({ [session.inputNames[0] ?? ""]: tensor });
  const data = outputs[session.outputNames[0] ?? ""]?.data;
  await session.release();
  if (!(data instanceof Float32Array)) throw new Error("No output.");
  return data;
}
