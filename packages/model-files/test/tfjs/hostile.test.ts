import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readModelFile } from "@mobilenet-bench/model-files";
import { errorOf } from "../support/error-of.ts";
import { inFolder } from "../support/models.ts";
import { modelJson, readTogether, type ModelJson, type StoredWeight } from "../support/tfjs-files.ts";
import { bytes, good, goodGraph, graphBytes, json, layers, manifest } from "../support/tfjs-good.ts";

const total = bytes.length;
const withFirst = (change: Partial<StoredWeight>): ModelJson =>
  modelJson(json.modelTopology, [{ ...manifest[0]!, ...change }, ...manifest.slice(1)]);
const withPaths = (...paths: string[]): ModelJson => ({
  ...good,
  weightsManifest: [{ paths, weights: manifest }],
});
const withLayers = (layers: unknown): ModelJson =>
  modelJson({ class_name: "Sequential", config: { layers } }, manifest);
const withNodes = (node: unknown): ModelJson => ({ ...goodGraph, modelTopology: { node } });
const nodes: { name: string; op: string; input?: string[] }[] = JSON.parse(
  JSON.stringify(goodGraph.modelTopology["node"]),
);

const AGAIN = "get them again.";
const CONVERT = "convert the model again.";
const CONVERTER = "Convert the model again with a current tensorflowjs_converter.";
const LARGE = "No MobileNet V1 of use is that large: check the file.";
const OTHERS = "The weights are those of another model, or were left out: convert the model again.";
const CUT = `The files are cut off or belong to different models: ${AGAIN}`;
const OUTSIDE = "Put the files of a model into one folder, and do not trust this one.";

const FILES: readonly (readonly [what: string, json: object | string, shard: Uint8Array, message: string])[] =
  [
    [
      "a description that is cut off",
      JSON.stringify(good).slice(0, 1000),
      bytes,
      `"model.json" is no JSON. It is cut off or damaged: get it again.`,
    ],
    [
      "another JSON",
      "{}",
      bytes,
      `"model.json" is JSON, but no model of TensorFlow.js. Name the model.json that tensorflowjs_converter or model.save() wrote.`,
    ],
    [
      "weights without a network",
      { ...good, modelTopology: null },
      bytes,
      `"model.json" names weights, but no network. Convert the network again with tensorflowjs_converter, which writes both into one model.json.`,
    ],
    [
      "a network of another kind",
      { ...good, modelTopology: [] },
      bytes,
      `"model.json" is not as TensorFlow.js writes it at "modelTopology": Invalid input: expected record, received array. ${CONVERTER}`,
    ],
    [
      "brackets within brackets",
      `{"a":${"[".repeat(100_000)}`,
      bytes,
      `"model.json" nests deeper than 64 levels. Check that it is the model.json of a TensorFlow.js model.`,
    ],
    [
      "a description of many megabytes",
      `{"a":"${"a".repeat(5_000_000)}"}`,
      bytes,
      `"model.json" has 5000008 bytes, more than the 4194304 that a description of a network needs. Check that it is the model.json of a TensorFlow.js model.`,
    ],
    [
      "weights that are cut off",
      good,
      bytes.subarray(0, 100),
      `"weights.bin" has 100 bytes, but the manifest declares weights of ${total}. ${CUT}`,
    ],
    [
      "weights with something behind them",
      good,
      Buffer.concat([bytes, Buffer.alloc(4)]),
      `"weights.bin" has ${total + 4} bytes or more, but the manifest declares weights of ${total}. ${CUT}`,
    ],
    [
      "the same shard twice",
      withPaths("weights.bin", "weights.bin"),
      bytes,
      `the 2 shards of a group have ${total * 2} bytes or more, but the manifest declares weights of ${total}. ${CUT}`,
    ],
    [
      "no shard",
      withPaths(),
      bytes,
      `the 0 shards of a group have 0 bytes, but the manifest declares weights of ${total}. ${CUT}`,
    ],
    [
      "shards without number",
      withPaths(...Array.from({ length: 3000 }, () => "weights.bin")),
      bytes,
      `the weights manifest declares 3000 shards and 137 weights, more than 2000 and 20000. ${LARGE}`,
    ],
    [
      "a path that climbs out",
      withPaths("../weights.bin"),
      bytes,
      `the model names a file outside its own folder, "../weights.bin". ${OUTSIDE}`,
    ],
    [
      "an absolute path",
      withPaths("/etc/passwd"),
      bytes,
      `the model names a file outside its own folder, "/etc/passwd". ${OUTSIDE}`,
    ],
    [
      "an address",
      withPaths("https://example.com/weights.bin"),
      bytes,
      `the weights lie at an address, "https://example.com/weights.bin". Download all files of the model into one folder, and name them in the weightsManifest by their names alone.`,
    ],
    [
      "a path of Windows",
      withPaths("..\\weights.bin"),
      bytes,
      `the model names a file outside its own folder, "..\\\\weights.bin". ${OUTSIDE}`,
    ],
    [
      "billions of elements",
      withFirst({ shape: [1e6, 1e6] }),
      bytes,
      `the weights manifest declares weights of more than 536870912 bytes. ${LARGE}`,
    ],
    [
      "more elements than there are numbers",
      withFirst({ shape: [1e9, 1e9, 1e9] }),
      bytes,
      `the weight "Conv2d_0/kernel" has the shape [1000000000, 1000000000, 1000000000], which is none. The file is damaged: get it again.`,
    ],
    [
      "a negative size",
      withFirst({ shape: [3, 3, -3, 8] }),
      bytes,
      `the weight "Conv2d_0/kernel" has the shape [3, 3, -3, 8], which is none. The file is damaged: get it again.`,
    ],
    [
      "half a size",
      withFirst({ shape: [1.5, 2] }),
      bytes,
      `the weight "Conv2d_0/kernel" has the shape [1.5, 2], which is none. The file is damaged: get it again.`,
    ],
    [
      "texts as weights",
      withFirst({ dtype: "string" }),
      bytes,
      `the weight "Conv2d_0/kernel" is of type "string". MobileNet V1 has weights of type float32: convert the right model.`,
    ],
    [
      "quantization without scale",
      withFirst({ quantization: { dtype: "uint8" } }),
      bytes,
      `the weight "Conv2d_0/kernel" is quantized to uint8 without scale and min. Convert the model again.`,
    ],
    [
      "one name twice",
      withFirst({ name: manifest[1]!.name }),
      bytes,
      `the weight "Conv2d_0_bn/gamma" is there twice. Convert the model again.`,
    ],
    [
      "a name that would break the line",
      withFirst({ name: "a\n\u001b[31mb", dtype: "complex64" }),
      bytes,
      `the weight "a\\n\\u001b[31mb" is of type "complex64". MobileNet V1 has weights of type float32: convert the right model.`,
    ],
    [
      "a weight that is missing",
      withFirst({ name: "another/kernel" }),
      bytes,
      `there is no weight "Conv2d_0/kernel" for the layer "Conv2d_0". ${OTHERS}`,
    ],
    [
      "a kernel of two axes",
      withFirst({ shape: [27, 8] }),
      bytes,
      `a weight of "Conv2d_0" has the shape [27, 8], not one of 4 axes. The weights are those of another model: ${CONVERT}`,
    ],
    [
      "no layers",
      withLayers([]),
      bytes,
      "the file holds no proper network: it names no result. Export the model again.",
    ],
    [
      "layers that are none",
      withLayers([1]),
      bytes,
      `the Sequential is not as TensorFlow.js writes it: Invalid input. ${CONVERTER}`,
    ],
    [
      "another kind of model",
      modelJson({ class_name: "GPT", config: {} }, manifest),
      bytes,
      `the model is of the class "GPT". Convert a Functional or a Sequential model of Keras.`,
    ],
    [
      "two layers of one name",
      withLayers([layers[0], layers[1], layers[1]]),
      bytes,
      `two layers are named "Conv2d_0". Give each layer a name of its own.`,
    ],
    [
      "an unknown layer",
      withLayers([layers[0], { class_name: "LSTM", config: { name: "memory" } }, ...layers.slice(1)]),
      bytes,
      `could not map node "memory" (LSTM): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found a layer of the class "LSTM" (mapped up to there: nothing). Import a float32 MobileNet V1: mnb spec lists its layers, each convolution with ReLU6, or each with ReLU.`,
    ],
    [
      "two nodes of one name",
      withNodes([nodes[0], nodes[0]]),
      graphBytes,
      `two nodes are named "image". The file is damaged: convert the model again.`,
    ],
    [
      "nodes in a ring",
      withNodes([
        { name: "a", op: "Identity", input: ["b"] },
        { name: "b", op: "Identity", input: ["a"] },
      ]),
      graphBytes,
      `the file holds no proper network: nothing computes "Identity". Export the model again.`,
    ],
    [
      "a network trained for quantization",
      withNodes(
        nodes.map((node) => (node.name === "Conv2d_0" ? { ...node, op: "FakeQuantWithMinMaxVars" } : node)),
      ),
      graphBytes,
      `could not map node "Conv2d_0" (FakeQuantWithMinMaxVars): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found the operator "FakeQuantWithMinMaxVars" (mapped up to there: nothing). The network is trained for quantization: convert the float32 network, without these nodes.`,
    ],
    [
      "an unknown operator",
      withNodes(nodes.map((node) => (node.name === "Conv2d_0" ? { ...node, op: "Einsum" } : node))),
      graphBytes,
      `could not map node "Conv2d_0" (Einsum): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found the operator "Einsum" (mapped up to there: nothing). Import a float32 MobileNet V1: mnb spec lists its layers, each convolution with ReLU6, or each with ReLU.`,
    ],
  ];

describe("a hostile TensorFlow.js model is refused with one line", () => {
  test.each(FILES)("%s", { timeout: 20_000 }, async (_, json, shard, message) => {
    const error = await errorOf(readTogether(json, shard));
    expect(error).toBe(`[model-files] ${message}`);
    expect(error).not.toMatch(/\n/);
  });

  test("a shard that is a link out of the folder", async () => {
    await inFolder(async (folder) => {
      const own = path.join(folder, "own");
      await mkdir(own);
      await writeFile(path.join(folder, "secret.bin"), bytes);
      await symlink(path.join("..", "secret.bin"), path.join(own, "weights.bin"));
      await writeFile(path.join(own, "model.json"), JSON.stringify(good));
      expect(await errorOf(readModelFile(own))).toBe(
        `[model-files] the model names a file outside its own folder, "weights.bin". ${OUTSIDE}`,
      );
    });
  });
});
