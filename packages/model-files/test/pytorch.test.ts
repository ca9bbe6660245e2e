import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createModel, foldBatchNorm, forward, syntheticImage } from "@mobilenet-bench/spec";
import type { ModelFile } from "@mobilenet-bench/model-files";
import { errorOf } from "./support/error-of.ts";
import { readBytes } from "./support/models.ts";

/** What PyTorch and ONNX Runtime write: see export.py beside the files. */
const fixture = async (name: string) =>
  promisify(gunzip)(await readFile(new URL(`fixtures/pytorch/${name}.onnx.gz`, import.meta.url)));
/** What the layers of the spec compute, in float64. */
function logitsOf({ model, weights }: ModelFile, image: Float32Array): number[] {
  const folded = foldBatchNorm(model, weights);
  let values: Float32Array | Float64Array = image;
  for (const layer of model.layers.filter(({ type }) => type !== "softmax")) {
    const { kernel, bias } = folded.get(layer.name) ?? { kernel: NOTHING, bias: NOTHING };
    values = forward(layer, kernel, bias, values);
  }
  return Array.from(values);
}
const NOTHING = new Float32Array();

const expected: Readonly<Record<string, readonly number[]>> = JSON.parse(
  await readFile(new URL("fixtures/pytorch/expected.json", import.meta.url), "utf8"),
);
const image = syntheticImage(32);
const model = createModel({ alpha: 0.001, resolution: 32, classes: 3 });

const REFUSED: Readonly<Record<string, string>> = {
  "runtime-all": `could not map node "hardtanh_nchwc" (Conv): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found an operator of the domain "com.microsoft.nchwc" (mapped up to there: nothing). ONNX Runtime has written it after its optimization: import the file from before, or optimize with graph_optimization_level = ORT_ENABLE_BASIC.`,
  "quantized-qdq": `the network is quantized: node "body.1.weight_bias_DequantizeLinear" is a DequantizeLinear, and float32 networks alone are read. Import the float32 model that it was quantized from.`,
  "quantized-qoperator": `the network is quantized: node "x_QuantizeLinear" is a QuantizeLinear, and float32 networks alone are read. Import the float32 model that it was quantized from.`,
  "quantized-dynamic": `the network is quantized: node "x_QuantizeLinear" is a DynamicQuantizeLinear, and float32 networks alone are read. Import the float32 model that it was quantized from.`,
  backbone: `the network ends with node "node_view" (Reshape): expected the classifier, a dense layer or 1×1 convolution from 8 channels, as Logits after it (mapped up to there: Conv2d_0 to AvgPool). It is a backbone without classifier: export the network with its own (include_top=True in Keras), or add a dense layer to the classes and train that.`,
};

const imported = Object.keys(expected).filter((name) => REFUSED[name] === undefined);

describe("what PyTorch exports and ONNX Runtime optimizes", () => {
  test.for(imported)("%s is imported and computes what PyTorch does", async (name) => {
    const found = await readBytes(await fixture(name), { resolution: 32 });
    const expectedName = model.name.replace("0.001", String(found.model.alpha));
    expect(found.model.name).toBe(name === "plain-relu" ? `${expectedName}_relu` : expectedName);
    const logits = logitsOf(found, image);
    expect(logits).toHaveLength(3);
    const scale = Math.max(...expected[name]!.map(Math.abs));
    for (const [index, value] of logits.entries())
      expect(Math.abs(value - expected[name]![index]!) / scale).toBeLessThan(2e-6);
  });

  test.for(Object.entries(REFUSED))("%s is refused", async ([name, message]) => {
    expect(await errorOf(readBytes(await fixture(name)))).toBe(`[model-files] ${message}`);
  });

  test("sizes that are open are asked for", async () => {
    expect(await errorOf(readBytes(await fixture("classic-open-squeezes")))).toBe(
      '[model-files] could not map node "image" (input): expected an input whose height and width are known, found one of [n, ?, ?, 3] (mapped up to there: nothing). Say at which resolution the network is to run, such as 224.',
    );
  });
});
