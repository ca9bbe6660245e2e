import onnxProto, { type onnx } from "onnx-proto";
import { describe, expect, test } from "vitest";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { errorOf } from "./support/error-of.ts";
import { differences, readBytes } from "./support/models.ts";
import { OnnxBuilder } from "./support/onnx-builder.ts";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const exported = exportOnnx(model, weights, { batchNorm: true });
const { AttributeType } = onnxProto.onnx.AttributeProto;

/** The exported network with each of its nodes replaced by some, and functions. */
function rewritten(
  replace: (node: onnx.INodeProto, index: number) => readonly onnx.INodeProto[],
  functions: readonly onnx.IFunctionProto[] = [],
): Uint8Array {
  const proto = onnxProto.onnx.ModelProto.decode(exported);
  const nodes = (proto.graph?.node ?? []).flatMap(replace);
  if (proto.graph) proto.graph.node = [...nodes];
  return withFunctions(proto, functions);
}

function withFunctions(proto: onnx.ModelProto, functions: readonly onnx.IFunctionProto[]): Uint8Array {
  proto.functions = functions.map((one) => onnxProto.onnx.FunctionProto.create(one));
  return onnxProto.onnx.ModelProto.encode(proto).finish();
}

/** As exporters of PyTorch wrote them: bounds are attributes of the call. */
const hardtanh: onnx.IFunctionProto = {
  domain: "pkg.layers",
  name: "hardtanh",
  input: ["x"],
  output: ["y"],
  attribute: ["min", "max"],
  opsetImport: [{ domain: "", version: 18 }],
  node: [
    {
      opType: "Constant",
      output: ["low"],
      attribute: [{ name: "value_float", refAttrName: "min", type: AttributeType.FLOAT }],
    },
    {
      opType: "Constant",
      output: ["high"],
      attribute: [{ name: "value_float", refAttrName: "max", type: AttributeType.FLOAT }],
    },
    { opType: "CastLike", input: ["low", "x"], output: ["l"] },
    { opType: "Clip", input: ["x", "l", "high"], output: ["y"] },
  ],
};
const call = (node: onnx.INodeProto, max = 6): onnx.INodeProto => ({
  ...node,
  domain: "pkg.layers",
  opType: "hardtanh",
  input: node.input?.slice(0, 1) ?? [],
  attribute: [
    { name: "min", type: AttributeType.FLOAT, f: 0 },
    { name: "max", type: AttributeType.FLOAT, f: max },
  ],
});
const isClip = ({ opType }: onnx.INodeProto) => opType === "Clip";

describe("functions of a file", () => {
  test("are called, each with its own attributes", async () => {
    const found = await readBytes(rewritten((node) => [isClip(node) ? call(node) : node], [hardtanh]));
    expect(differences(found, { model, weights })).toEqual([]);
    const wrong = rewritten(
      (node) => [isClip(node) ? call(node, node.name === "Conv2d_3_depthwise/relu6" ? 5 : 6) : node],
      [hardtanh],
    );
    expect(await errorOf(readBytes(wrong))).toContain(
      `expected a ReLU6 (a clip to 0…6) after Conv2d_3_depthwise, found a clip to 0…5`,
    );
  });

  test("that call themselves, or each other twice over, come to an end", { timeout: 60_000 }, async () => {
    const calls = (name: string, callee: string): onnx.IFunctionProto => ({
      domain: "own",
      name,
      input: ["x"],
      output: ["y"],
      node: [
        { domain: "own", opType: callee, input: ["x"], output: ["a"] },
        { domain: "own", opType: callee, input: ["a"], output: ["b"] },
        { domain: "own", opType: callee, input: ["b"], output: ["c"] },
        { domain: "own", opType: callee, input: ["c"], output: ["y"] },
      ],
    });
    const tower = Array.from({ length: 15 }, (_, level) => calls(`f${level}`, `f${level + 1}`));
    for (const functions of [[calls("f0", "f0")], tower]) {
      const graph = new OnnxBuilder();
      const value = graph.node("f0", [graph.input("image", [1, 3, 64, 64])]);
      Object.assign(graph.nodes[0] ?? {}, { domain: "own" });
      graph.output(value);
      const proto = onnxProto.onnx.ModelProto.decode(graph.encode());
      expect(await errorOf(readBytes(withFunctions(proto, functions)))).toBe(
        "[model-files] the functions of the graph call each other for more than 262144 nodes. It is no MobileNet V1: those have a few hundred.",
      );
    }
  });
});

/** A node that chooses between the node itself and a clip to 0…1. */
function choice(node: onnx.INodeProto, condition: string, isFirst: boolean): onnx.INodeProto {
  const branch = (inner: onnx.INodeProto): onnx.IGraphProto => ({
    name: "branch",
    node: [{ ...inner, output: ["chosen"] }],
    output: [{ name: "chosen" }],
  });
  const other: onnx.INodeProto = { opType: "Selu", input: node.input?.slice(0, 1) ?? [] };
  return {
    name: node.name ?? "",
    opType: "If",
    input: [condition],
    output: node.output ?? [],
    attribute: [
      { name: "then_branch", type: AttributeType.GRAPH, g: branch(isFirst ? node : other) },
      { name: "else_branch", type: AttributeType.GRAPH, g: branch(isFirst ? other : node) },
    ],
  };
}

/** Whether an axis of an activation is 3 long. */
function isThree(value: string, axis: number): readonly onnx.INodeProto[] {
  const integer = (name: string, i: number): onnx.INodeProto => ({
    opType: "Constant",
    output: [name],
    attribute: [{ name: "value_int", type: AttributeType.INT, i }],
  });
  return [
    { opType: "Shape", input: [value], output: ["sizes"] },
    integer("axis", axis),
    integer("three", 3),
    { opType: "Gather", input: ["sizes", "axis"], output: ["size"] },
    { opType: "Equal", input: ["size", "three"], output: ["isThree"] },
  ];
}

describe("choices", () => {
  test.each([
    ["of colours", 3, true],
    ["of rows", 1, false],
  ])("by the number %s are made", async (_, axis, isFirst) => {
    const bytes = rewritten((node, index) => [
      ...(index === 0 ? isThree("input", axis) : []),
      isClip(node) ? choice(node, "isThree", isFirst) : node,
    ]);
    expect(differences(await readBytes(bytes), { model, weights })).toEqual([]);
  });

  test("by the number of images cannot be", async () => {
    const bytes = rewritten((node, index) => [
      ...(index === 0 ? isThree("input", 0) : []),
      isClip(node) ? choice(node, "isThree", true) : node,
    ]);
    expect(await errorOf(readBytes(bytes))).toContain(
      `could not map node "Conv2d_0/relu6" (If): expected a ReLU6 (a clip to 0…6) or a ReLU without an upper bound after Conv2d_0, found a choice (If) that depends on the input`,
    );
  });
});

describe("constants that grow", () => {
  const MEMORY =
    "[model-files] the constants of the graph take more memory than any MobileNet V1. Check the file: its nodes use the same weights again and again.";
  const UNKNOWN = "found a convolution without a constant kernel of four axes";
  const kernelFrom = (build: (graph: OnnxBuilder) => string): Uint8Array => {
    const graph = new OnnxBuilder();
    const image = graph.input("image", [1, 3, 64, 64]);
    graph.output(graph.node("Conv", [image, build(graph)]));
    return graph.encode();
  };

  test.each([
    [
      "filled",
      MEMORY,
      (graph: OnnxBuilder) => graph.node("ConstantOfShape", [graph.integers([2 ** 15, 2 ** 15])]),
    ],
    [
      "expanded",
      MEMORY,
      (graph: OnnxBuilder) =>
        graph.node("Expand", [graph.floats([1, 1], [1]), graph.integers([2 ** 20, 2 ** 20])]),
    ],
    [
      "doubled again and again",
      MEMORY,
      (graph: OnnxBuilder) => {
        let value = graph.floats([1024], new Float32Array(1024));
        for (let i = 0; i < 60; i++) value = graph.node("Concat", [value, value], { axis: 0 });
        return value;
      },
    ],
    [
      "added to each other in all directions",
      MEMORY,
      (graph: OnnxBuilder) =>
        graph.node("Add", [
          graph.floats([2 ** 15, 1], new Float32Array(2 ** 15)),
          graph.floats([2 ** 15], new Float32Array(2 ** 15)),
        ]),
    ],
    [
      "impossible",
      UNKNOWN,
      (graph: OnnxBuilder) => graph.node("ConstantOfShape", [graph.integers([2 ** 40, 2 ** 40])]),
    ],
    [
      "of very many axes",
      UNKNOWN,
      (graph: OnnxBuilder) =>
        graph.node("ConstantOfShape", [graph.integers(Array.from({ length: 5000 }, () => 1))]),
    ],
    [
      "a range without end",
      UNKNOWN,
      (graph: OnnxBuilder) =>
        graph.node("Range", [
          graph.integers([0], []),
          graph.integers([2 ** 50], []),
          graph.integers([1], []),
        ]),
    ],
    [
      "nothing, very often",
      UNKNOWN,
      (graph: OnnxBuilder) => {
        const nothing = graph.tensor({ dataType: 1, dims: [2 ** 40, 0], rawData: new Uint8Array() });
        return graph.node("Concat", [nothing, nothing], { axis: 1 });
      },
    ],
  ])("%s", { timeout: 60_000 }, async (_, message, build) => {
    expect(await errorOf(readBytes(kernelFrom(build)))).toContain(message);
  });
});
