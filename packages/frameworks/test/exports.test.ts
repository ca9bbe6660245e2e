import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkLogits, compare, expectLogits } from "@mobilenet-bench/backend";
import { writeModelFile } from "@mobilenet-bench/model-files";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readFloats, runPython, WITHOUT_PYTHON } from "./support/python.ts";
import { softmaxOf } from "./support/softmax.ts";

const MODELS = [
  { alpha: 0.1, resolution: 64, classes: 10 },
  { alpha: 0.1, resolution: 45, classes: 1001, shallow: true },
  { alpha: 0.1, resolution: 33, classes: 3, conv: true },
].map((config) => {
  const model = createModel(config);
  return {
    name: model.name,
    model,
    weights: generateWeights(model),
    image: syntheticImage(model.resolution),
  };
});
/** What ONNX's own evaluator computes of each, and Keras by way of the converter of TensorFlow.js. */
const EXPORTS = ["folded", "unfolded", "written", "probabilities", "keras"] as const;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-exports-"));
  if (WITHOUT_PYTHON !== undefined) return;
  for (const { name, model, weights, image } of MODELS) {
    const at = (file: string) => join(folder, name, file);
    await writeModelFile({ model, weights }, at("keras"), "tfjs");
    await writeModelFile({ model, weights }, at("written.onnx"), "onnx");
    await writeFile(at("folded.onnx"), exportOnnx(model, weights, { batch: 1 }));
    await writeFile(at("unfolded.onnx"), exportOnnx(model, weights, { batchNorm: true }));
    await writeFile(at("probabilities.onnx"), exportOnnx(model, weights, { softmax: true }));
    await writeFile(at("input.f32"), new Uint8Array(image.buffer));
  }
  await runPython(
    "check_exports.py",
    MODELS.map(({ name }) => join(folder, name)),
  );
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(({ skip }) => skip(WITHOUT_PYTHON !== undefined, WITHOUT_PYTHON));

describe.each(MODELS)("what we export of $name", ({ name, model, weights, image }) => {
  it.each(EXPORTS)("passes ONNX's checker or loads in Keras, and computes our numbers: %s", (form) => {
    const expected = expectLogits(model, weights, image);
    const result = readFloats(join(folder, name, `${form}.f32`));
    const check =
      form === "probabilities" || form === "keras"
        ? compare(result, softmaxOf(expected))
        : checkLogits(result, expected);
    expect(check).toMatchObject({ ok: true });
  });
});
