import onnxProto, { type onnx } from "onnx-proto";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { errorOf } from "./support/error-of.ts";
import { differences, readBytes } from "./support/models.ts";
import { OnnxBuilder, rawFloats, type AttributeValue } from "./support/onnx-builder.ts";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const exported = exportOnnx(model, weights, { batchNorm: true, softmax: true });
const POOLED = 102;
const { TENSOR } = onnxProto.onnx.AttributeProto.AttributeType;

/** The exported network with other nodes between the pool and the classifier, and opset `opset`. */
function withTail(opset: number, build: (graph: OnnxBuilder, pooled: string) => string): Uint8Array {
  const proto = onnxProto.onnx.ModelProto.decode(exported);
  const builder = new OnnxBuilder();
  const last = build(builder, "AvgPool");
  const nodes = proto.graph?.node ?? [];
  const flatten = nodes.findIndex(({ name }) => name === "Logits/flatten");
  nodes.splice(flatten, 1, ...builder.nodes.map((node) => onnxProto.onnx.NodeProto.create(node)));
  for (const node of nodes)
    node.input = (node.input ?? []).map((input) => (input === "Logits/flat" ? last : input));
  proto.graph?.initializer?.push(
    ...builder.initializers.map((tensor) => onnxProto.onnx.TensorProto.create(tensor)),
  );
  proto.opsetImport = [{ domain: "", version: opset }];
  return onnxProto.onnx.ModelProto.encode(proto).finish();
}

const TAILS: readonly (readonly [
  what: string,
  opset: number,
  (graph: OnnxBuilder, pooled: string) => string,
])[] = [
  ["axes taken out by an attribute", 11, (graph, x) => graph.node("Squeeze", [x], { axes: [2, 3] })],
  ["axes taken out by an input", 17, (graph, x) => graph.node("Squeeze", [x, graph.integers([-1, -2])])],
  ["a shape with an open batch", 17, (graph, x) => graph.node("Reshape", [x, graph.integers([-1, POOLED])])],
  ["a shape that keeps the batch", 17, (graph, x) => graph.node("Reshape", [x, graph.integers([0, -1])])],
  ["a shape that keeps the channels", 17, (graph, x) => graph.node("Reshape", [x, graph.integers([-1, 0])])],
  [
    "a shape that keeps two axes",
    17,
    (graph, x) => {
      const kept = graph.node("Reshape", [x, graph.integers([0, 0, -1, 1])]);
      return graph.node("Flatten", [kept]);
    },
  ],
  [
    "a shape that is computed",
    17,
    (graph, x) => {
      const batch = graph.node("Gather", [graph.node("Shape", [x]), graph.integers([0], [])]);
      const list = graph.node("Unsqueeze", [graph.node("Cast", [batch], { to: 7 }), graph.integers([0])]);
      return graph.node("Reshape", [x, graph.node("Concat", [list, graph.integers([POOLED])], { axis: 0 })]);
    },
  ],
  [
    "a shape that is computed by a slice",
    17,
    (graph, x) => {
      const batch = graph.node("Slice", [graph.node("Shape", [x]), graph.integers([0]), graph.integers([1])]);
      return graph.node("Reshape", [x, graph.node("Concat", [batch, graph.integers([-1])], { axis: 0 })]);
    },
  ],
  [
    "a way to NHWC and back",
    17,
    (graph, x) => {
      const nhwc = graph.node("Transpose", [x], { perm: [0, 2, 3, 1] });
      return graph.node("Flatten", [graph.node("Transpose", [nhwc], { perm: [0, 3, 1, 2] })]);
    },
  ],
  [
    "axes taken out and put in again",
    17,
    (graph, x) => {
      const flat = graph.node("Squeeze", [x, graph.integers([2, 3])]);
      return graph.node("Flatten", [graph.node("Unsqueeze", [flat, graph.integers([2, 3])])]);
    },
  ],
];

test("a plane of one pixel may go and come anywhere", async () => {
  const proto = onnxProto.onnx.ModelProto.decode(exported);
  const nodes = proto.graph?.node ?? [];
  // As tf2onnx leaves of transpositions that change nothing.
  const builder = new OnnxBuilder();
  const nhwc = builder.node("Reshape", ["Conv2d_13_depthwise", builder.integers([-1, 1, 1, POOLED])]);
  const flat = builder.node("Squeeze", [nhwc, builder.integers([1, 2])]);
  const again = builder.node("Reshape", [flat, builder.integers([0, -1, 1, 1])]);
  const at = nodes.findIndex(({ input }) => input?.[0] === "Conv2d_13_depthwise");
  nodes[at]!.input = [again, ...(nodes[at]!.input ?? []).slice(1)];
  nodes.splice(at, 0, ...builder.nodes.map((node) => onnxProto.onnx.NodeProto.create(node)));
  proto.graph?.initializer?.push(
    ...builder.initializers.map((tensor) => onnxProto.onnx.TensorProto.create(tensor)),
  );
  const found = await readBytes(onnxProto.onnx.ModelProto.encode(proto).finish());
  expect(differences(found, { model, weights })).toEqual([]);
});

describe("changes of shape in front of the classifier", () => {
  test.for(TAILS)("%s", async ([, opset, build]) => {
    const found = await readBytes(withTail(opset, build));
    expect(differences(found, { model, weights })).toEqual([]);
  });

  test.each([
    ["a shape that splits images", [-1, POOLED / 2], "a reshape to [?, 51]"],
    [
      "a shape that it cannot have",
      [-1, POOLED + 1],
      "a reshape to a shape that depends on the input, or that it has not",
    ],
  ] as const)("%s is refused", async (_, shape, found) => {
    const bytes = withTail(17, (graph, x) => graph.node("Reshape", [x, graph.integers(shape)]));
    expect(await errorOf(readBytes(bytes))).toContain(
      `found ${found} (mapped up to there: Conv2d_0 to AvgPool)`,
    );
  });
});

/** The first convolution of a network, in the terms of these cases. */
interface First {
  readonly operator?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly inputs?: (graph: OnnxBuilder, image: string) => readonly string[];
  readonly domain?: string;
}
const kernel = (graph: OnnxBuilder, dims = [8, 3, 3, 3]) =>
  graph.floats(dims, new Float32Array(dims.reduce((product, size) => product * size, 1)));

/** What is found where the first convolution should be. */
async function foundIn({
  operator = "Conv",
  attributes = {},
  inputs,
  domain,
}: First): Promise<string | undefined> {
  const graph = new OnnxBuilder();
  const image = graph.input("image", ["n", 3, 64, 64]);
  const value = graph.node(operator, inputs ? inputs(graph, image) : [image, kernel(graph)], {
    ...(operator === "Conv" && { strides: [2, 2], pads: [0, 0, 1, 1] }),
    ...attributes,
  });
  if (domain !== undefined) Object.assign(graph.nodes[0] ?? {}, { domain });
  graph.output(value);
  return /found (.*) \(mapped up to there/.exec(await errorOf(readBytes(graph.encode())))?.[1];
}

const NODES: readonly (readonly [found: string, first: First])[] = [
  ["a convolution with strides of 2 and 1", { attributes: { strides: [2, 1] } }],
  ["a convolution with dilations of 2 and 2", { attributes: { dilations: [2, 2] } }],
  ['a convolution with auto_pad "SOMEHOW"', { attributes: { auto_pad: "SOMEHOW" } }],
  ["a convolution in 4 groups of 3 channels", { attributes: { group: 4 } }],
  ["padding of top 2, left 2, bottom 1, right 1", { attributes: { pads: [2, 2, 1, 1] } }],
  ["padding of top 0, left 0, bottom 0, right 0", { attributes: { auto_pad: "VALID" } }],
  [
    "a convolution whose biases are no constants",
    { inputs: (graph, image) => [image, kernel(graph), "nowhere"] },
  ],
  [
    "a convolution without a constant kernel of four axes",
    { inputs: (graph, image) => [image, kernel(graph, [8, 3, 3])] },
  ],
  ['an operator of the domain "com.microsoft"', { domain: "com.microsoft" }],
  ["an operator that no MobileNet V1 has", { operator: "Selu" }],
  [
    "a pad with something else than zeros",
    {
      operator: "Pad",
      inputs: (_, image) => [image],
      attributes: { pads: [0, 0, 0, 0, 0, 0, 1, 1], value: { float: 1 } },
    },
  ],
  [
    "a pad with something else than zeros",
    {
      operator: "Pad",
      inputs: (_, image) => [image],
      attributes: { pads: [0, 0, 0, 0, 0, 0, 1, 1], mode: "reflect" },
    },
  ],
  [
    "a pad of other axes than height and width",
    { operator: "Pad", inputs: (_, image) => [image], attributes: { pads: [0, 1, 0, 0, 0, 0, 0, 0] } },
  ],
  [
    "a transposition of 4 axes in the order [0, 2, 1, 1]",
    { operator: "Transpose", inputs: (_, image) => [image], attributes: { perm: [0, 2, 1, 1] } },
  ],
  [
    "a convolution of activations that are not NCHW",
    {
      inputs: (graph, image) => [graph.node("Transpose", [image], { perm: [0, 1, 3, 2] }), kernel(graph)],
    },
  ],
  [
    "a selection of some elements of an axis, or in another order",
    {
      operator: "Gather",
      inputs: (graph, image) => [image, graph.integers([2, 1, 0])],
      attributes: { axis: 1 },
    },
  ],
  [
    "a slice that takes a part of the image or of its channels",
    {
      operator: "Slice",
      inputs: (graph, image) => [image, graph.integers([1]), graph.integers([64]), graph.integers([2])],
    },
  ],
  [
    "an expansion that repeats values",
    { operator: "Expand", inputs: (graph, image) => [image, graph.integers([1, 3, 64, 128])] },
  ],
  [
    "a division by constants that are no powers of two",
    { operator: "Div", inputs: (graph, image) => [image, graph.floats([], [255])] },
  ],
  [
    "a division that is not one by a constant per channel",
    { operator: "Div", inputs: (graph, image) => [graph.floats([], [2]), image] },
  ],
  [
    "a pad whose widths are not constants for every axis",
    { operator: "Pad", inputs: (_, image) => [image, "nowhere"] },
  ],
  [
    "a subtraction that is not one of a constant per channel",
    { operator: "Sub", inputs: (graph, image) => [graph.floats([3, 1, 1], [1, 2, 3]), image] },
  ],
  [
    "an operation with something else than one constant per channel",
    { operator: "Mul", inputs: (graph, image) => [image, graph.floats([64], new Float32Array(64))] },
  ],
  [
    "a batch norm in training, or per pixel",
    { operator: "BatchNormalization", attributes: { training_mode: 1 } },
  ],
  ["a batch norm whose statistics are no constants", { operator: "BatchNormalization" }],
  ["a clip whose bounds are no constants", { operator: "Clip", inputs: (_, image) => [image, "nowhere"] }],
  [
    "a minimum of something else than one constant",
    { operator: "Min", inputs: (graph, image) => [image, graph.floats([3, 1, 1], [1, 2, 3])] },
  ],
  [
    "a mean over other axes than height and width",
    { operator: "ReduceMean", inputs: (_, image) => [image], attributes: { axes: [1] } },
  ],
  [
    "a softmax over something else than the classes",
    { operator: "Softmax", inputs: (_, image) => [image], attributes: { axis: 3 } },
  ],
  ["a matrix product that is not one of [n, in] with a constant matrix", { operator: "Gemm" }],
  ["a matrix product that is not one of the channels with a constant matrix", { operator: "MatMul" }],
  [
    "a reshape to a shape that depends on the input",
    { operator: "Reshape", inputs: (_, image) => [image, "nowhere"] },
  ],
  [
    "a squeeze of axes that are not 1 long",
    { operator: "Squeeze", inputs: (graph, image) => [image, graph.integers([2])] },
  ],
  [
    "a squeeze of axes that are no constants",
    { operator: "Squeeze", inputs: (_, image) => [image, "nowhere"] },
  ],
  [
    "an expansion along axes that are no constants",
    { operator: "Unsqueeze", inputs: (_, image) => [image, "nowhere"] },
  ],
  ["a change of shape", { operator: "Flatten", inputs: (_, image) => [image], attributes: { axis: 1 } }],
];

describe("operators that are none of a MobileNet V1 are told in words", () => {
  test.for(NODES)("%s", async ([found, first]) => {
    expect(await foundIn(first)).toBe(found);
  });
});

describe("inputs", () => {
  const graphOf = (dims: readonly (number | string)[]): Uint8Array => {
    const graph = new OnnxBuilder();
    graph.output(graph.node("Relu", [graph.input("image", dims)]));
    return graph.encode();
  };

  test.each([
    [["n", 224, 224], "an input of 3 dimensions"],
    [[1, 1, 28, 28], "one of [n, 28, 28, 1]"],
    [[1, 3, 64, 32], "one of [n, 64, 32, 3]"],
    [[1, 64, 32, 3], "one of [n, 64, 32, 3]"],
  ] as const)("%j are refused", async (dims, found) => {
    expect(await errorOf(readBytes(graphOf(dims)))).toContain(`found ${found} (mapped up to there: nothing)`);
  });

  test("weights that are listed as inputs are none", async () => {
    const proto = onnxProto.onnx.ModelProto.decode(exported);
    for (const { name, dims } of proto.graph?.initializer ?? []) {
      const shape = { dim: dims?.map((dimValue): onnx.TensorShapeProto.IDimension => ({ dimValue })) ?? [] };
      proto.graph?.input?.push({ name: name ?? "", type: { tensorType: { elemType: 1, shape } } });
    }
    const found = await readBytes(onnxProto.onnx.ModelProto.encode(proto).finish());
    expect(differences(found, { model, weights })).toEqual([]);
  });

  test("half floats are read exactly", async () => {
    const proto = onnxProto.onnx.ModelProto.decode(exported);
    const biases = proto.graph?.initializer?.find(({ name }) => name === "Logits/biases");
    // 1, −2 and the smallest number above 0.
    Object.assign(biases ?? {}, {
      dataType: 10,
      rawData: new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 1).buffer),
    });
    const found = await readBytes(onnxProto.onnx.ModelProto.encode(proto).finish());
    expect(found.weights.tensors.get("Logits/biases")?.data).toEqual(Float32Array.of(1, -2, 2 ** -24));
  });

  test("a tensor of an attribute stands for one in the file", async () => {
    const proto = onnxProto.onnx.ModelProto.decode(exported);
    const { graph } = proto;
    const index = graph?.initializer?.findIndex(({ name }) => name === "Logits/biases") ?? -1;
    const [biases] = graph?.initializer?.splice(index, 1) ?? [];
    const t = {
      ...rawFloats([3], weights.tensors.get("Logits/biases")?.data ?? []),
      name: biases?.name ?? "",
    };
    graph?.node?.unshift({
      opType: "Constant",
      output: ["Logits/biases"],
      attribute: [{ name: "value", type: TENSOR, t }],
    });
    const found = await readBytes(onnxProto.onnx.ModelProto.encode(proto).finish());
    expect(differences(found, { model, weights })).toEqual([]);
  });
});
