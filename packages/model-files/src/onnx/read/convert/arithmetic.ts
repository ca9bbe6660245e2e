import { isChannels, type Layout } from "../layout.ts";
import { floatsOf } from "../value.ts";
import { as, other, type Converted, type Converter, type NodeView } from "./node-view.ts";

export const add: Converter = (node) => {
  const operand = constantOperand(node);
  return operand ? as({ type: "add", values: operand.values }, operand.layout) : other(NO_CHANNELS);
};

export const multiply: Converter = (node) => {
  const operand = constantOperand(node);
  return operand ? as({ type: "multiply", values: operand.values }, operand.layout) : other(NO_CHANNELS);
};

/** x − c is x + (−c) to the last bit; c − x is something else. */
export const subtract: Converter = (node) => {
  const operand = constantOperand(node);
  if (node.position !== 0 || !operand)
    return other("a subtraction that is not one of a constant per channel");
  return as({ type: "add", values: operand.values.map((value) => -value) }, operand.layout);
};

/** x / c is x · (1 / c) to the last bit where c is a power of two. */
export const divide: Converter = (node) => {
  const operand = constantOperand(node);
  if (node.position !== 0 || !operand) return other("a division that is not one by a constant per channel");
  const isExact = operand.values.every((value) => Math.log2(Math.abs(value)) % 1 === 0);
  if (!isExact) return other("a division by constants that are no powers of two");
  return as({ type: "multiply", values: operand.values.map((value) => 1 / value) }, operand.layout);
};

const NO_CHANNELS = "an operation with something else than one constant per channel";

export const sigmoid: Converter = () => as({ type: "sigmoid" });

export const relu: Converter = () => as({ type: "clip", min: 0, max: Infinity });

/** Bounds are inputs since opset 11, attributes before. */
export const clip: Converter = ({ attributes, inputs, isGiven, position }) => {
  const bound = (index: number, name: string, otherwise: number) =>
    isGiven(index) ? scalar(floatsOf(inputs[index])?.data) : attributes.float(name, otherwise);
  const min = bound(1, "min", -Infinity);
  const max = bound(2, "max", Infinity);
  return position !== 0 || min === undefined || max === undefined
    ? other("a clip whose bounds are no constants")
    : as({ type: "clip", min, max });
};

export const minimum: Converter = (node) => {
  const bound = scalar(constantOperand(node)?.values);
  return bound === undefined
    ? other("a minimum of something else than one constant")
    : as({ type: "clip", min: -Infinity, max: bound });
};

export const maximum: Converter = (node) => {
  const bound = scalar(constantOperand(node)?.values);
  return bound === undefined
    ? other("a maximum of something else than one constant")
    : as({ type: "clip", min: bound, max: Infinity });
};

export const batchNormalization: Converter = ({ attributes, inputs, layout, position }) => {
  if (position !== 0 || !isChannels(layout, 1)) return other("a batch norm of activations that are not NCHW");
  if (attributes.int("training_mode", 0) !== 0 || attributes.int("spatial", 1) === 0)
    return other("a batch norm in training, or per pixel", "Export the network for inference (eval mode)");
  const [gamma, beta, mean, variance] = inputs.slice(1, 5).map((input) => floatsOf(input)?.data);
  if (!gamma || !beta || !mean || !variance) return other("a batch norm whose statistics are no constants");
  const epsilon = shortestDecimal(attributes.float("epsilon", DEFAULT_EPSILON));
  return as({ type: "batch-norm", gamma, beta, mean, variance, epsilon });
};

const DEFAULT_EPSILON = 1e-5;
/** Decimals that tell any two float32 apart. */
const FLOAT32_DIGITS = 9;

/** ε was written as a decimal and stored as float32: the shortest decimal of that float32 is what was meant. */
function shortestDecimal(value: number): number {
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === Math.fround(value)) return decimal;
  }
  return value;
}

export const softmax: Converter = ({ attributes, layout, opset }): Converted => {
  // Until opset 12 all axes from this one on were taken together, and 1 was the default.
  const isOld = opset < 13;
  const axis = attributes.int("axis", isOld ? 1 : -1);
  const positive = axis < 0 ? axis + layout.length : axis;
  const isOfClasses = isOld ? isChannels([layout.slice(positive).flat()], 0) : isChannels(layout, positive);
  return isOfClasses ? as({ type: "softmax" }) : other("a softmax over something else than the classes");
};

/** The constant of a binary operation where it has one value per channel, or one for all. */
function constantOperand(node: NodeView): { values: Float32Array; layout: Layout } | undefined {
  const { inputs, position, layout } = node;
  if (inputs.length !== 2) return undefined;
  const constant = floatsOf(inputs[1 - position]);
  if (!constant) return undefined;
  // As broadcasting aligns them, from the last axis on: every axis but that of the channels has size 1.
  const added = Math.max(0, constant.shape.length - layout.length);
  const result: Layout = [...Array.from({ length: added }, () => []), ...layout];
  const first = result.length - constant.shape.length;
  const isPerChannel = constant.shape.every((size, index) => size === 1 || isChannels(result, first + index));
  return isPerChannel ? { values: constant.data, layout: result } : undefined;
}

function scalar(values: Float32Array | undefined): number | undefined {
  return values?.length === 1 ? values[0] : undefined;
}
