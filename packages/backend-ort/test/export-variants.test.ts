import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { expectLogits } from "@mobilenet-bench/backend";
import { exportOnnx, type ExportOptions } from "@mobilenet-bench/model-files/onnx";
import { createModel, forward, generateWeights, syntheticImage } from "@mobilenet-bench/spec";

const model = createModel({ alpha: 0.25, resolution: 45, classes: 7 });
const weights = generateWeights(model);
const image = syntheticImage(45);
const { values, bound } = expectLogits(model, weights, image);

describe("what is exported computes the same", () => {
  test.each<ExportOptions>([{}, { batch: 1 }, { batchNorm: true }, { layerOutputs: true }])(
    "logits with %o",
    async (options) => {
      const logits = await compute(options, "Logits");
      logits.forEach((logit, i) => expect(Math.abs(logit - values[i]!)).toBeLessThanOrEqual(bound[i]!));
    },
  );

  test("probabilities with softmax", async () => {
    const softmax = model.layers.at(-1);
    if (softmax?.type !== "softmax") throw new Error("The last layer is no softmax.");
    const expected = forward(softmax, new Float32Array(), new Float32Array(), values);
    const probabilities = await compute({ softmax: true }, "Predictions");
    expect(probabilities).toHaveLength(7);
    probabilities.forEach((probability, i) => expect(probability).toBeCloseTo(expected[i]!, 5));
  });

  test("a fixed batch takes no other", async () => {
    await expect(compute({ batch: 2 }, "Logits")).rejects.toThrow(/dimensions/);
  });
});

/** The named output, computed by onnxruntime-node used directly. */
async function compute(options: ExportOptions, output: string): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(exportOnnx(model, weights, options), {
    logSeverityLevel: 4,
  });
  const outputs = await session.run({ input: new ort.Tensor("float32", image, [1, 45, 45, 3]) });
  const data = outputs[output]?.data;
  await session.release();
  if (!(data instanceof Float32Array)) throw new Error(`No output ${output}.`);
  return data;
}
