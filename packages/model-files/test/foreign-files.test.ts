import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readModelFile } from "@mobilenet-bench/model-files";
import { errorOf } from "./support/error-of.ts";
import { inFolder } from "./support/models.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
/** A field of protocol buffers that has a length. */
const field = (number: number, ...contents: readonly Uint8Array[]): Buffer => {
  const length = contents.reduce((sum, bytes) => sum + bytes.length, 0);
  const size = length < 128 ? [length] : [(length % 128) | 128, length >> 7];
  return Buffer.concat([Buffer.from([number * 8 + 2, ...size]), ...contents]);
};
/** The head of an archive whose first file has this name. */
const archive = (name: string) =>
  Buffer.concat([latin1("PK\x03\x04"), Buffer.alloc(22), Buffer.from([name.length, 0, 0, 0]), latin1(name)]);
const floats = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer);
const safetensors = (header: object) => {
  const text = JSON.stringify(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text), Buffer.alloc(8)]);
};
const operators = field(1, field(2, field(1, field(1, latin1("AddV2")))));

const TORCH = 'torch.onnx.export(network.eval(), torch.zeros(1, 3, 224, 224), "model.onnx")';
const LOAD = `Load it into its network in PyTorch, and export that: ${TORCH}.`;
const SAVED = "tensorflowjs_converter --input_format=tf_saved_model FOLDER OUTPUT";
const FROZEN =
  "Convert it with tensorflowjs_converter --input_format=tf_frozen_model --output_node_names=NAME FILE OUTPUT, or with python -m tf2onnx.convert --graphdef FILE --inputs NAME:0 --outputs NAME:0 --output model.onnx.";
const NUMBERS = "It has numbers without a network: export the network itself as ONNX or TensorFlow.js.";
const UNKNOWN =
  '"model" is of no format that is known here. Name an .onnx file, a .safetensors file that mnb wrote, or the model.json of a TensorFlow.js model.';

const FILES: readonly (readonly [what: string, bytes: Uint8Array, message: string])[] = [
  [
    "a frozen graph",
    await readFile(new URL("fixtures/frozen_graph.pb", import.meta.url)),
    `"model" is a TensorFlow frozen graph (.pb). ${FROZEN}`,
  ],
  [
    "a SavedModel",
    Buffer.concat([Buffer.from([8, 1]), field(2, operators)]),
    `"model" is a TensorFlow SavedModel. Convert its folder with ${SAVED}, and import the model.json.`,
  ],
  [
    "the graph of a checkpoint",
    operators,
    `"model" is the graph of a TensorFlow checkpoint (.meta). Save the network as a SavedModel, and convert that: ${SAVED}.`,
  ],
  [
    "the index of a checkpoint",
    Buffer.from([0, 0, 6, 8, 1, 26, 2, 8, 1, 0, 28]),
    `"model" is the index of a TensorFlow checkpoint. Save the network as a SavedModel, and convert that: ${SAVED}.`,
  ],
  [
    "the list of checkpoints",
    latin1('model_checkpoint_path: "x-1"\n'),
    `"model" is the list of TensorFlow's checkpoints. Save the network as a SavedModel, and convert that: ${SAVED}.`,
  ],
  [
    "a graph as text",
    latin1('node {\n  name: "t"\n'),
    `"model" is a network as text of protocol buffers (.pbtxt, .prototxt). Import a model with its weights: export it as ONNX or TensorFlow.js.`,
  ],
  [
    "a Caffe model",
    Buffer.concat([field(1, latin1("MOBILENET")), Buffer.from([0xa2, 6, 9]), field(1, latin1("input"))]),
    `"model" is a Caffe model (.caffemodel). Convert it to ONNX, and import that.`,
  ],
  [
    "a model of ONNX Runtime",
    latin1("\x18\0\0\0ORTM\0\0\0\0"),
    `"model" is a model in ONNX Runtime's own format (.ort). Import the .onnx file that it was made from.`,
  ],
  [
    "TensorFlow Lite",
    latin1("\x1c\0\0\0TFL3"),
    `"model" is a TensorFlow Lite model. Convert it with python -m tf2onnx.convert --tflite FILE --output model.onnx, if it is of float32.`,
  ],
  [
    "HDF5",
    latin1("\x89HDF\r\n\x1a\n"),
    `"model" is a Keras file in HDF5. Convert it with tensorflowjs_converter --input_format=keras, and import the model.json.`,
  ],
  [
    "Keras's own format",
    archive("metadata.json"),
    `"model" is a Keras file (.keras). Convert it with tensorflowjs_converter --input_format=keras_keras --output_format=tfjs_layers_model, and import the model.json.`,
  ],
  [
    "Keras's description of a network",
    latin1('{"module": "keras", "class_name": "Functional", "config": {}}'),
    `"model" is Keras's description of a network, without weights. Save the model with model.save(), convert that with tensorflowjs_converter --input_format=keras_keras --output_format=tfjs_layers_model, and import the model.json.`,
  ],
  ...["mobilenet/data.pkl", "script/data/0", "e/models/model.json"].map(
    (name) => [`PyTorch's ${name}`, archive(name), `"model" is a PyTorch file (.pt, .pth). ${LOAD}`] as const,
  ),
  [
    "an old PyTorch file",
    latin1("\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."),
    `"model" is a PyTorch file (.pt, .pth) of the old form. ${LOAD}`,
  ],
  [
    "a pickle",
    latin1("\x80\x04\x95"),
    `"model" is a Python pickle. Export the model from the tool that wrote it as ONNX.`,
  ],
  ["an archive of arrays", archive("x.npy"), `"model" is an archive of NumPy arrays (.npz). ${NUMBERS}`],
  ["an array", latin1("\x93NUMPY\x01\0"), `"model" is a NumPy array (.npy). ${NUMBERS}`],
  [
    "any other archive",
    archive("readme.txt"),
    `"model" is a zip archive. Unpack it, and name the model in it.`,
  ],
  [
    "gzip",
    Buffer.from([0x1f, 0x8b, 8]),
    `"model" is compressed with gzip. Unpack it with gunzip, or with tar -xzf if it is an archive, and name the model in it.`,
  ],
  [
    "xz",
    latin1("\xfd7zXZ\0\0"),
    `"model" is an archive, or compressed. Unpack it, and name the model in it.`,
  ],
  [
    "tar",
    Buffer.concat([Buffer.alloc(257, "a"), latin1("ustar")]),
    `"model" is an archive, or compressed. Unpack it, and name the model in it.`,
  ],
  [
    "OpenVINO",
    latin1('<?xml version="1.0"?>\n<net name="mobilenet">'),
    `"model" is a network of OpenVINO. Import the model that it was converted from, as ONNX.`,
  ],
  [
    "a page of an error",
    latin1("<!doctype html>"),
    `"model" is a page of HTML or XML, not a model. Check the address that it was downloaded from.`,
  ],
  [
    "a pointer of Git LFS",
    latin1("version https://git-lfs.github.com/spec/v1\n"),
    `"model" is a pointer of Git LFS, not the file itself. Run git lfs pull.`,
  ],
  [
    "a manifest of weights",
    latin1('[{"paths": ["group1-shard1of1.bin"], "weights": [{"name": "conv1/kernel"}]}]'),
    `"model" is a manifest of TensorFlow.js weights, without a network. Name the model.json that describes the network; where there is none, convert the network again with tensorflowjs_converter.`,
  ],
  [
    "a list of labels",
    latin1('["tench", "goldfish"]'),
    `"model" is a list in JSON, not a model. Name the model itself: an .onnx or .safetensors file, or a model.json.`,
  ],
  [
    "ONNX as JSON",
    latin1('{ "irVersion": "8", "graph": {} }'),
    `"model" is an ONNX model as JSON. Save it in the binary form: onnx.save(model, "model.onnx").`,
  ],
  [
    "a shard of weights",
    floats(Array.from({ length: 64 }, (_, i) => Math.sin(i + 1))),
    `"model" is numbers alone, without a description of a network. Name the file that describes the network and names this one: the model.json of TensorFlow.js, or the .onnx.`,
  ],
  ["a picture", latin1("\x89PNG\r\n\x1a\n"), UNKNOWN],
  ["a text", latin1("mobilenet"), UNKNOWN],
  ["bytes of all kinds", Buffer.from(Array.from({ length: 256 }, (_, i) => (i * 167 + 5) % 256)), UNKNOWN],
  [
    "a state dict of PyTorch",
    safetensors({
      "f.12.num_batches_tracked": { dtype: "I64", shape: [], data_offsets: [0, 8] },
    }),
    `the safetensors file is a state dict of PyTorch: weights by name, such as "f.12.num_batches_tracked", without the network. ${LOAD}`,
  ],
  [
    "another tool's safetensors",
    safetensors({ __metadata__: { format: "flax" } }),
    `the safetensors file is not ours: its metadata name the format "flax". Import the model that it was made from as ONNX or TensorFlow.js: safetensors alone say nothing of the network.`,
  ],
];

describe("the files of other tools are told by their content, with the step that helps", () => {
  test.for(FILES)("%s", async ([, bytes, message]) => {
    const error = await inFolder(async (folder) => {
      const file = path.join(folder, "model");
      await writeFile(file, bytes);
      return errorOf(readModelFile(file));
    });
    expect(error).toBe(`[model-files] ${message}`);
  });

  test("the folder of a SavedModel is told by its file", async () => {
    const error = await inFolder(async (folder) => {
      await mkdir(path.join(folder, "variables"));
      await writeFile(
        path.join(folder, "saved_model.pb"),
        Buffer.concat([Buffer.from([8, 1]), field(2, operators)]),
      );
      return errorOf(readModelFile(folder));
    });
    expect(error).toBe(
      `[model-files] "saved_model.pb" is a TensorFlow SavedModel. Convert its folder with ${SAVED}, and import the model.json.`,
    );
  });

  test("a folder without a model is none", async () => {
    const error = await inFolder((folder) => errorOf(readModelFile(folder)));
    expect(error).toMatch(
      /^\[model-files\] the folder ".*" holds no model\.json\. Name the model's file itself\.$/,
    );
  });

  test("weights that lie elsewhere are asked for by name", async () => {
    const error = await inFolder(async (folder) => {
      const file = path.join(folder, "model.json");
      const weightsManifest = [
        { paths: ["group1-shard1of1.bin"], weights: [{ name: "w", shape: [1], dtype: "float32" }] },
      ];
      await writeFile(file, JSON.stringify({ modelTopology: { node: [] }, weightsManifest }));
      return errorOf(readModelFile(file));
    });
    expect(error).toBe(
      `[model-files] the model has weights in "group1-shard1of1.bin", which is not there. Put all files of the model into one folder, under the names that they had.`,
    );
  });
});
