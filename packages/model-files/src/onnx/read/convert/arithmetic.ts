import { channelAxis, other, rankOf, type Converter, type Layout, type NodeView } from "./node-view.ts";

export const add: Converter = (node) => {
  const values = constantOperand(node);
  return values ? { operation: { type: "add", values } } : other(NO_CHANNELS);
};

export const multiply: Converter = (node) => {
  const values = constantOperand(node);
  return values ? { operation: { type: "multiply", values } } : other(NO_CHANNELS);
};

/** x − c is x + (−c) to the last bit; c − x is something else. */
export const subtract: Converter = (node) => {
  const values = constantOperand(node);
  if (node.position !== 0 || !values) return other("a subtraction that is not one of a constant per channel");
  return { operation: { type: "add", values: values.map((value) => -value) } };
};

const NO_CHANNELS = "an operation with something else than one constant per channel";

export const relu: Converter = () => ({ operation: { type: "clip", min: 0, max: Infinity } });

/** Bounds are inputs since opset 11, attributes before. */
export const clip: Converter = ({ attributes, constants, inputs, position }) => {
  const bound = (index: number, name: string, otherwise: number) => {
    const input = inputs[index];
    if (input === undefined || input === "") return attributes.float(name, otherwise);
    return scalar(constants.floats(input)?.data);
  };
  const min = bound(1, "min", -Infinity);
  const max = bound(2, "max", Infinity);
  return position !== 0 || min === undefined || max === undefined
    ? other("a clip whose bounds are no constants")
    : { operation: { type: "clip", min, max } };
};

export const minimum: Converter = (node) => {
  const bound = scalar(constantOperand(node));
  return bound === undefined
    ? other("a minimum of something else than one constant")
    : { operation: { type: "clip", min: -Infinity, max: bound } };
};

export const maximum: Converter = (node) => {
  const bound = scalar(constantOperand(node));
  return bound === undefined
    ? other("a maximum of something else than one constant")
    : { operation: { type: "clip", min: bound, max: Infinity } };
};

export const batchNormalization: Converter = ({ attributes, constants, inputs, layout, position }) => {
  if (position !== 0 || layout === "nhwc") return other("a batch norm of activations that are not NCHW");
  if (attributes.int("training_mode", 0) !== 0 || attributes.int("spatial", 1) === 0)
    return other("a batch norm in training, or per pixel");
  const [gamma, beta, mean, variance] = inputs.slice(1, 5).map((name) => constants.floats(name)?.data);
  if (!gamma || !beta || !mean || !variance) return other("a batch norm whose statistics are no constants");
  const epsilon = shortestDecimal(attributes.float("epsilon", DEFAULT_EPSILON));
  return { operation: { type: "batch-norm", gamma, beta, mean, variance, epsilon } };
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

export const softmax: Converter = ({ attributes, layout, opset }) => {
  const channels = channelAxis(layout);
  // Until opset 12 all axes from this one on were taken together, and 1 was the default.
  const isOld = opset < 13;
  const axis = attributes.int("axis", isOld ? 1 : -1);
  const positive = axis < 0 ? axis + rankOf(layout) : axis;
  return positive === channels || (isOld && positive === 1)
    ? { operation: { type: "softmax" } }
    : other("a softmax over something else than the classes");
};

/** The constant of a binary operation where it has one value per channel, or one for all. */
function constantOperand(node: NodeView): Float32Array | undefined {
  const { constants, inputs, position, layout } = node;
  if (inputs.length !== 2) return undefined;
  const constant = constants.floats(inputs[1 - position]);
  return constant && isPerChannel(constant.shape, layout) ? constant.data : undefined;
}

/** As broadcasting aligns them, from the last axis on: every axis but that of the channels has size 1. */
function isPerChannel(shape: readonly number[], layout: Layout): boolean {
  const rank = rankOf(layout);
  if (shape.length > rank) return false;
  return shape.every((size, index) => size === 1 || index + rank - shape.length === channelAxis(layout));
}

function scalar(values: Float32Array | undefined): number | undefined {
  return values?.length === 1 ? values[0] : undefined;
}
