import { describe, expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { ModelFileError } from "@mobilenet-bench/model-files";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const good = writeSafetensors({ model, weights: generateWeights(model), labels: ["a", "b", "c"] });

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: number[];
}
type Json = Record<string, Entry | Record<string, string>>;

/** A file of this header and data. */
function file(header: unknown, data: Uint8Array): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

/** The good file with another header. */
function edited(
  edit: (header: Json, entry: (name: string) => Entry) => void,
  extra = new Uint8Array(),
): Uint8Array {
  const headerEnd = 8 + Number(Buffer.from(good).readBigUInt64LE());
  const header = JSON.parse(Buffer.from(good.subarray(8, headerEnd)).toString()) as Json;
  edit(header, (name) => header[name] as Entry);
  return file(header, Buffer.concat([good.subarray(headerEnd), extra]));
}

const METADATA = "__metadata__";
const BROKEN = "the file is no proper safetensors file, or is cut off:";
const AGAIN = "Export or download it again.";
const metadata = (key: string, value: string) =>
  edited((header) => Object.assign(header[METADATA] ?? {}, { [key]: value }));
const wrongMetadata = (key: string, value: string) =>
  `the metadata of the safetensors file have ${JSON.stringify(value)} as ${key}. The file was changed by hand or is broken: export it again.`;
const declared = (length: bigint) => {
  const bytes = Buffer.from(good);
  bytes.writeBigUInt64LE(length);
  return bytes;
};
const left = good.length - 8;

const CASES: readonly (readonly [what: string, bytes: Uint8Array, message: string])[] = [
  ["nothing", new Uint8Array(), `${BROKEN} it has 0 bytes. ${AGAIN}`],
  [
    "a header of 2⁶³ bytes",
    declared(2n ** 63n),
    `${BROKEN} it declares a header of 9223372036854775808 bytes, and ${left} follow (at most 16777216 are read). ${AGAIN}`,
  ],
  [
    "a header longer than the file",
    declared(BigInt(left) + 1n),
    `${BROKEN} it declares a header of ${left + 1} bytes, and ${left} follow (at most 16777216 are read). ${AGAIN}`,
  ],
  ["no JSON", file("{", new Uint8Array()), `${BROKEN} its header is no JSON. ${AGAIN}`],
  [
    "JSON nested a million deep",
    file(`{"a":${"[".repeat(1e6)}`, new Uint8Array()),
    `${BROKEN} its header is no JSON. ${AGAIN}`,
  ],
  ["a list", file("[]", new Uint8Array()), `${BROKEN} its header is no object. ${AGAIN}`],
  [
    "metadata that are a list",
    file({ __metadata__: [] }, new Uint8Array()),
    `${BROKEN} its metadata are no object. ${AGAIN}`,
  ],
  [
    "metadata that are no text",
    file({ __metadata__: { alpha: 1 } }, new Uint8Array()),
    `${BROKEN} its metadata "alpha" is no text. ${AGAIN}`,
  ],
  [
    "another tool's file",
    file({ __metadata__: { format: "pt" } }, new Uint8Array()),
    `the safetensors file is not ours: its metadata name the format "pt". Import the model that it was made from as ONNX or TensorFlow.js: safetensors alone say nothing of the network.`,
  ],
  [
    "no metadata",
    file({}, new Uint8Array()),
    `the safetensors file is not ours: its metadata name no format. Import the model that it was made from as ONNX or TensorFlow.js: safetensors alone say nothing of the network.`,
  ],
  [
    "a tensor that is not described",
    edited((header) => Object.assign(header, { "Conv2d_0/beta": 5 })),
    `${BROKEN} tensor "Conv2d_0/beta" is not described. ${AGAIN}`,
  ],
  [
    "another type",
    edited((_, entry) => (entry("Conv2d_0/beta").dtype = "F16")),
    `tensor "Conv2d_0/beta" is of type "F16", and only F32 is read. Store the weights as float32.`,
  ],
  ...[[-8], [2 ** 53], [2 ** 40, 2 ** 40], [1.5]].map(
    (shape) =>
      [
        `the shape ${JSON.stringify(shape)}`,
        edited((_, entry) => (entry("Conv2d_0/beta").shape = shape)),
        `${BROKEN} the shape or place of tensor "Conv2d_0/beta" is impossible. ${AGAIN}`,
      ] as const,
  ),
  [
    "billions of elements",
    edited((_, entry) => (entry("Conv2d_0/beta").shape = [2 ** 33])),
    `${BROKEN} tensor "Conv2d_0/beta" needs 34359738368 bytes and has 32. ${AGAIN}`,
  ],
  [
    "tensors over each other",
    edited((_, entry) => (entry("Conv2d_0/beta").data_offsets = [0, 32])),
    `${BROKEN} tensor "Conv2d_0/weights" begins at 0, and 32 is where one must. ${AGAIN}`,
  ],
  [
    "a hole",
    edited((header) => delete header["Conv2d_0/beta"]),
    `${BROKEN} tensor "Conv2d_0/moving_mean" begins at 928, and 896 is where one must. ${AGAIN}`,
  ],
  [
    "a place before the data",
    edited((_, entry) => (entry("Conv2d_0/weights").data_offsets = [-864, 0])),
    `${BROKEN} tensor "Conv2d_0/weights" begins at -864, and 0 is where one must. ${AGAIN}`,
  ],
  [
    "bytes behind",
    edited(() => undefined, new Uint8Array(4)),
    `${BROKEN} its tensors end at ${dataBytes()}, its data at ${dataBytes() + 4}. ${AGAIN}`,
  ],
  [
    "a part",
    good.subarray(0, -4),
    `${BROKEN} its tensors end at ${dataBytes()}, its data at ${dataBytes() - 4}. ${AGAIN}`,
  ],
  ["an α that is none", metadata("alpha", "0.10"), wrongMetadata("alpha", "0.10")],
  ["a resolution that is none", metadata("resolution", "many"), wrongMetadata("resolution", "many")],
  ["an ε that is none", metadata("epsilon", "Infinity"), wrongMetadata("epsilon", "Infinity")],
  ["a variant that is none", metadata("conv", "yes"), wrongMetadata("conv", "yes")],
  ["labels for other classes", metadata("labels", '["a"]'), wrongMetadata("labels", '["a"]')],
  ["labels that are no JSON", metadata("labels", "["), wrongMetadata("labels", "[")],
  [
    "a resolution below the family's",
    metadata("resolution", "8"),
    `the network is a MobileNet V1, but resolution is 8. Use a whole number of at least 32, such as 224. Check the file that it came from.`,
  ],
  [
    "the tensors of another model",
    metadata("alpha", "0.25"),
    `the file has a tensor "Conv2d_1_pointwise/weights" of shape [1, 1, 8, 8], which mobilenet_v1_0.25_32 has not. The metadata or the tensors are those of another model: export it again.`,
  ],
  [
    "a tensor of no layer",
    edited((header) =>
      Object.assign(header, { more: { dtype: "F32", shape: [0], data_offsets: [dataBytes(), dataBytes()] } }),
    ),
    `the file has a tensor "more" of shape [0], which mobilenet_v1_0.1_32 has not. The metadata or the tensors are those of another model: export it again.`,
  ],
  [
    "a tensor less",
    withoutLast(),
    `the network is a MobileNet V1, but tensor "Logits/biases" is missing from the weights. They belong to another model. Check the file that it came from.`,
  ],
  [
    "values that are not finite",
    Buffer.concat([good.subarray(0, -4), Buffer.from(Float32Array.of(NaN).buffer)]),
    `the network is a MobileNet V1, but tensor "Logits/biases" holds NaN or infinity. Export it again. Check the file that it came from.`,
  ],
];

function dataBytes(): number {
  return good.length - 8 - Number(Buffer.from(good).readBigUInt64LE());
}

function withoutLast(): Uint8Array {
  return edited((header) => delete header["Logits/biases"]).subarray(0, -12);
}

describe("safetensors files that are broken or hostile", () => {
  test.for(CASES)("%s", ([, bytes, message]) => {
    let error: unknown;
    try {
      readSafetensors(bytes);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error instanceof Error && error.message).toBe(`[model-files] ${message}`);
  });

  test("the file that they start from is read", () => {
    expect(readSafetensors(good).labels).toEqual(["a", "b", "c"]);
    expect(readSafetensors(edited(() => undefined)).model).toEqual(model);
  });

  test("weights of another model are not written", () => {
    const weights = generateWeights(createModel({ alpha: 0.5, resolution: 32 }));
    expect(() => writeSafetensors({ model, weights })).toThrow(ModelFileError);
  });
});
