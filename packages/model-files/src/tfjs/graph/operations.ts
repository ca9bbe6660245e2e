import type { Tensor } from "@mobilenet-bench/spec";
import type { Operation } from "../../graph/source-graph.ts";
import { quote } from "../../quote.ts";
import { vector } from "../tensors.ts";
import type { Constants } from "./constants.ts";
import type { NodeDef } from "./node-def.ts";
import { oddities, window } from "./window.ts";

/** What a node computes step by step, and on which of its inputs. */
export interface Read {
  readonly operations: readonly Operation[];
  /** Values that depend on the image. */
  readonly inputs: readonly string[];
}
export type NodeReader = (node: NodeDef, constants: Constants) => Read;

/** What a node takes beside the image: a kernel, a shape, axes. */
const SECOND = 1;

/** On the node's first input. */
function on({ inputs }: NodeDef, ...operations: readonly Operation[]): Read {
  return { operations, inputs: inputs.slice(0, 1) };
}

const other = (node: NodeDef, what: string): Read => on(node, { type: "other", what });

const identity: NodeReader = (node) => on(node, { type: "identity" });

const placeholder: NodeReader = ({ attributes }) => {
  const shape = attributes.shape("shape") ?? [];
  const size = (axis: number) => (shape.length === 4 && (shape[axis] ?? -1) > 0 ? shape[axis]! : null);
  return { operations: [{ type: "input", height: size(1), width: size(2), channels: size(3) }], inputs: [] };
};

/** Conv2D and DepthwiseConv2dNative; the fused ones have a bias, an activation or both behind them. */
const convolution =
  (type: "convolution" | "depthwise"): NodeReader =>
  (node, constants) => {
    const odd = oddities(node);
    if (odd) return other(node, `a ${type} ${odd}`);
    const kernel = constants.tensor(node.inputs[SECOND]);
    if (kernel?.shape.length !== 4) return other(node, `a ${type} without a constant kernel [h, w, in, out]`);
    const [, , depth = 0, last = 0] = kernel.shape;
    const channels = type === "depthwise" ? depth * last : last;
    return fused(node, constants, channels, (bias) => ({ type, ...window(node), kernel, ...bias }));
  };

const matMul: NodeReader = (node, constants) => {
  const { attributes, inputs } = node;
  const matrix = constants.tensor(inputs[SECOND]);
  if (attributes.boolean("transpose_a") || matrix?.shape.length !== 2)
    return other(node, "a matrix product that is no dense layer");
  const kernel = attributes.boolean("transpose_b") ? constants.derived(matrix, transposed) : matrix;
  return fused(node, constants, kernel.shape[1]!, (bias) => ({ type: "dense", kernel, ...bias }));
};

/** What the converter fuses into a convolution or a matrix product, in the order of computation. */
function fused(
  node: NodeDef,
  constants: Constants,
  channels: number,
  make: (bias: { readonly bias?: Float32Array }) => Operation,
): Read {
  const [first, ...rest] = node.attributes.strings("fused_ops");
  const values = first === "BiasAdd" ? constants.tensor(node.inputs[2]) : undefined;
  const bias = values && vector(values, channels, node.name);
  const after = first === "BiasAdd" ? rest : first === undefined ? [] : [first, ...rest];
  if (first === "BiasAdd" && !bias) return other(node, "a bias that is no constant");
  const steps = after.map(
    (name): Operation => CLIPS.get(name) ?? { type: "other", what: `a fused ${quote(name)}` },
  );
  return on(node, make(bias ? { bias } : {}), ...steps);
}

const CLIPS: ReadonlyMap<string, Operation> = new Map([
  ["Relu", { type: "clip", min: 0, max: Infinity }],
  ["Relu6", { type: "clip", min: 0, max: 6 }],
]);

function transposed({ shape: [rows = 0, columns = 0], data }: Tensor): Tensor {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = data[row * columns + column]!;
  return { shape: [columns, rows], data: result };
}

const batchNorm: NodeReader = (node, constants) => {
  const { attributes, inputs } = node;
  if (attributes.boolean("is_training", true) || attributes.string("data_format", "NHWC") !== "NHWC")
    return other(node, "a batch norm that is not one of inference on channels last");
  const [gamma, beta, mean, variance] = inputs.slice(1).map((input) => constants.tensor(input));
  if (!gamma || !beta || !mean || !variance) return other(node, "a batch norm without constants");
  const values = (tensor: Tensor) => vector(tensor, mean.data.length, node.name);
  return on(node, {
    type: "batch-norm",
    gamma: values(gamma),
    beta: values(beta),
    mean: values(mean),
    variance: values(variance),
    epsilon: attributes.number("epsilon", 1e-4),
  });
};

/** Steps per channel between a value and a constant, on whichever side it stands. */
const perChannel =
  (type: "add" | "multiply" | "subtract" | "divide"): NodeReader =>
  (node, constants) => {
    const [left, right] = node.inputs;
    const [first, second] = [constants.tensor(left), constants.tensor(right)];
    const tensor = first ?? second;
    // Neither, as in a residual: more inputs than one, which the mapping names.
    if (!tensor || (first && second))
      return { operations: [{ type: "other", what: node.op }], inputs: node.inputs };
    const isVector = tensor.shape.slice(0, -1).every((size) => size === 1) || tensor.data.length === 1;
    const operation = isVector ? step(type, tensor, first !== undefined, constants) : undefined;
    const inputs = [(first ? right : left)!];
    return {
      operations: [operation ?? { type: "other", what: `${node.op} with a constant that does not fit` }],
      inputs,
    };
  };

function step(
  type: "add" | "multiply" | "subtract" | "divide",
  tensor: Tensor,
  constantIsFirst: boolean,
  constants: Constants,
): Operation | undefined {
  if (type === "add" || type === "multiply") return { type, values: tensor.data };
  if (constantIsFirst) return undefined;
  if (type === "subtract") return { type: "add", values: constants.derived(tensor, negated).data };
  const { data } = constants.derived(tensor, reciprocal);
  return data.every(Number.isFinite) ? { type: "multiply", values: data } : undefined;
}

function negated({ shape, data }: Tensor): Tensor {
  return { shape, data: data.map((value) => -value) };
}

/** Powers of two alone have an exact one; NaN for all others. */
function reciprocal({ shape, data }: Tensor): Tensor {
  return { shape, data: data.map((value) => (Math.log2(Math.abs(value)) % 1 === 0 ? 1 / value : NaN)) };
}

/** Minimum and Maximum with a number: one-sided clips. */
const bound =
  (side: "min" | "max"): NodeReader =>
  (node, constants) => {
    const at = node.inputs.findIndex((input) => constants.tensor(input));
    const [limit, ...others] = constants.numbers(node.inputs[at]) ?? [];
    const input = node.inputs[1 - at];
    if (limit === undefined || others.length > 0 || input === undefined) return other(node, node.op);
    const operation = { type: "clip", min: -Infinity, max: Infinity, [side]: limit } as const;
    return { operations: [operation], inputs: [input] };
  };

const clipByValue: NodeReader = (node, constants) => {
  const [[min, ...low] = [], [max, ...high] = []] = node.inputs
    .slice(1)
    .map((input) => constants.numbers(input));
  if (min === undefined || max === undefined || low.length + high.length > 0) return other(node, node.op);
  return on(node, { type: "clip", min, max });
};

const pad: NodeReader = (node, constants) => {
  const [n0, n1, top, bottom, left, right, c0, c1, ...others] = constants.numbers(node.inputs[SECOND]) ?? [];
  const isZero = node.inputs.length < 3 || constants.numbers(node.inputs[2])?.join() === "0";
  const isSpatial = [n0, n1, c0, c1].every((pixels) => pixels === 0) && others.length === 0;
  if (top === undefined || bottom === undefined || left === undefined || right === undefined)
    return other(node, "a pad of unknown width");
  if (!isZero || !isSpatial)
    return other(node, "a pad with another value than 0 or beyond the image's sides");
  return on(node, { type: "pad", padding: { top, bottom, left, right } });
};

const mean: NodeReader = (node, constants) => {
  const axes = constants.numbers(node.inputs[SECOND])?.map((axis) => (axis < 0 ? axis + 4 : axis));
  return axes?.toSorted((a, b) => a - b).join() === "1,2"
    ? on(node, { type: "global-average" })
    : other(node, "a mean over other axes than height and width");
};

const averagePool: NodeReader = (node) => {
  const odd = oddities(node);
  const [n = 1, height = 0, width = 0, c = 1] = node.attributes.integers("ksize");
  if (odd || n !== 1 || c !== 1) return other(node, `an average pool ${odd ?? "over images or channels"}`);
  return on(node, { type: "average-pool", height, width, ...window(node) });
};

const reshape: NodeReader = (node, constants) => {
  const shape = constants.sizes(node.inputs[SECOND]);
  return shape
    ? on(node, { type: "reshape", shape })
    : other(node, "a reshape to a shape that is no constant");
};

/** Axes of size 1 go or come. */
const unit: NodeReader = (node) => on(node, { type: "reshape" });

const PLAIN: readonly (readonly [string, Operation])[] = [...CLIPS, ["Softmax", { type: "softmax" }]];

/** By TensorFlow's names of operators; the underscore marks those that its optimizer has fused. */
const READERS: ReadonlyMap<string, NodeReader> = new Map<string, NodeReader>([
  ["Placeholder", placeholder],
  ["Conv2D", convolution("convolution")],
  ["FusedConv2D", convolution("convolution")],
  ["_FusedConv2D", convolution("convolution")],
  ["DepthwiseConv2dNative", convolution("depthwise")],
  ["FusedDepthwiseConv2dNative", convolution("depthwise")],
  ["_FusedDepthwiseConv2dNative", convolution("depthwise")],
  ["MatMul", matMul],
  ["_FusedMatMul", matMul],
  ["FusedBatchNorm", batchNorm],
  ["FusedBatchNormV2", batchNorm],
  ["FusedBatchNormV3", batchNorm],
  ["BiasAdd", perChannel("add")],
  ["Add", perChannel("add")],
  ["AddV2", perChannel("add")],
  ["Sub", perChannel("subtract")],
  ["Mul", perChannel("multiply")],
  ["RealDiv", perChannel("divide")],
  ["Minimum", bound("max")],
  ["Maximum", bound("min")],
  ["ClipByValue", clipByValue],
  ["Pad", pad],
  ["PadV2", pad],
  ["Mean", mean],
  ["AvgPool", averagePool],
  ["Reshape", reshape],
  ["Squeeze", unit],
  ["ExpandDims", unit],
  ["Identity", identity],
  ["StopGradient", identity],
  ["Snapshot", identity],
  ["CheckNumerics", identity],
  ...PLAIN.map(([name, operation]) => [name, (node: NodeDef) => on(node, operation)] as const),
]);

/** Operators whose second input is an argument, so that only the first is followed. */
export function readNode(node: NodeDef, constants: Constants): Read {
  const type = node.attributes.type("T") ?? "DT_FLOAT";
  if (type !== "DT_FLOAT") return other(node, `an operator on ${quote(type)} in place of float32`);
  const read = READERS.get(node.op);
  if (read) return read(node, constants);
  const inputs = node.inputs.filter((input) => !constants.tensor(input));
  return { operations: [{ type: "other", what: `the operator ${quote(node.op)}` }], inputs };
}
