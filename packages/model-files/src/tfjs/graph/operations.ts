import type { Tensor } from "@mobilenet-bench/spec";
import type { Operation } from "../../graph/source-graph.ts";
import { quote } from "../../quote.ts";
import { vector } from "../tensors.ts";
import { bound, clipByValue, perChannel } from "./arithmetic.ts";
import { CLIPS } from "./clips.ts";
import type { Constants } from "./constants.ts";
import { convolution, matMul } from "./convolutions.ts";
import type { NodeDef } from "./node-def.ts";
import { on, other, SECOND, type NodeReader, type Read } from "./node-reader.ts";
import { oddities, window } from "./window.ts";

const identity: NodeReader = (node) => on(node, { type: "identity" });

const placeholder: NodeReader = ({ attributes }) => {
  const shape = attributes.shape("shape") ?? [];
  const size = (axis: number) => (shape.length === 4 && (shape[axis] ?? -1) > 0 ? shape[axis]! : null);
  return { operations: [{ type: "input", height: size(1), width: size(2), channels: size(3) }], inputs: [] };
};

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

const PLAIN: readonly (readonly [string, Operation])[] = [
  ...CLIPS,
  ["Softmax", { type: "softmax" }],
  ["Sigmoid", { type: "sigmoid" }],
];

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
  const remedy = node.op.startsWith("FakeQuant")
    ? "The network is trained for quantization: convert the float32 network, without these nodes"
    : undefined;
  const what = `the operator ${quote(node.op)}`;
  return { operations: [{ type: "other", what, ...(remedy !== undefined && { remedy }) }], inputs };
}
