import onnxProto from "onnx-proto";
import { isFloat16 } from "../../../float16.ts";
import type { Budget } from "../budget.ts";
import { readTensor } from "../tensor.ts";
import { integersOf, type Constant, type Size } from "../value.ts";
import { numbersOf, validAxis, type Fold } from "./fold.ts";
import { MAX_INTEGERS, room } from "./strided.ts";

const { DataType } = onnxProto.onnx.TensorProto;
const FLOATS: ReadonlySet<number> = new Set([DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16]);
const FLOAT16: number = DataType.FLOAT16;
const BOOL: number = DataType.BOOL;
const INTEGERS: ReadonlySet<number> = new Set([
  DataType.INT8,
  DataType.UINT8,
  DataType.INT16,
  DataType.UINT16,
  DataType.INT32,
  DataType.UINT32,
  DataType.INT64,
  DataType.UINT64,
]);

/** Constants of one number or a list are written out in other attributes than tensors are. */
export const constant: Fold = ({ attributes }) => {
  const float = attributes.float("value_float");
  if (attributes.has("value_float") && float !== undefined)
    return { type: "floats", shape: [], data: Float32Array.of(float) };
  const int = attributes.int("value_int");
  if (attributes.has("value_int") && int !== undefined) return { type: "integers", shape: [], values: [int] };
  const floats = attributes.has("value_floats") ? attributes.floats("value_floats") : undefined;
  if (floats) return { type: "floats", shape: [floats.length], data: Float32Array.from(floats) };
  const ints = attributes.has("value_ints") ? attributes.ints("value_ints") : undefined;
  return ints && ints.length <= MAX_INTEGERS
    ? { type: "integers", shape: [ints.length], values: ints }
    : undefined;
};

export const constantOfShape: Fold = ({ attributes, inputs: [sizes], budget }) => {
  const shape = integersOf(sizes);
  const proto = attributes.tensor("value");
  const value = proto ? readTensor(proto, budget, undefined) : ZERO;
  return shape && value && filled(value, shape, budget);
};

const ZERO: Constant = { type: "floats", shape: [1], data: Float32Array.of(0) };

function filled(value: Constant, shape: readonly number[], budget: Budget): Constant | undefined {
  const count = room(value.type, shape, budget);
  if (count === undefined) return undefined;
  if (value.type === "floats")
    return { type: "floats", shape, data: new Float32Array(count).fill(value.data[0] ?? 0) };
  const first = value.values[0] ?? 0;
  return { type: "integers", shape, values: Array.from({ length: count }, () => first) };
}

export const range: Fold = ({ inputs, budget }) => {
  const [start, limit, step] = inputs.map((input) => integersOf(input)?.[0]);
  if (start === undefined || limit === undefined || step === undefined || step === 0) return undefined;
  const length = Math.max(0, Math.ceil((limit - start) / step));
  const count = room("integers", [length], budget);
  if (count === undefined) return undefined;
  return {
    type: "integers",
    shape: [length],
    values: Array.from({ length: count }, (_, i) => start + i * step),
  };
};

export const identity: Fold = ({ inputs: [input] }) => input;

/** Of a constant; activations have theirs from their layout. */
export const shape: Fold = ({ attributes, inputs: [input] }) =>
  input && sizesBetween(input.shape, attributes.int("start", 0), attributes.int("end"));

/** What the operator Shape gives: all sizes, or those from `start` to `end`. */
export function sizesBetween(sizes: readonly Size[], start: number, end?: number): Constant {
  const values = sizes.slice(start, end);
  return { type: "integers", shape: [values.length], values };
}

export const size: Fold = ({ inputs: [input] }) =>
  input && {
    type: "integers",
    shape: [],
    values: [input.shape.reduce((product, length) => product * length, 1)],
  };

/** To the type that the attribute names. */
export const cast: Fold = ({ attributes, inputs: [input], budget }) => {
  const to = attributes.int("to", 0);
  if (!input) return undefined;
  if (FLOATS.has(to)) return toFloats(input, to === FLOAT16, budget);
  if (to === BOOL) return toIntegers(input, (value) => Number(value !== 0), budget);
  return INTEGERS.has(to) ? toIntegers(input, Math.trunc, budget) : undefined;
};

/** To the type of another constant. */
export const castLike: Fold = ({ inputs: [input, like], budget }) => {
  if (!input || !like) return undefined;
  return like.type === "floats" ? toFloats(input, false, budget) : toIntegers(input, Math.trunc, budget);
};

/** Values are kept as float32: where float16 would round them, the result is not what is computed. */
export function toFloats(input: Constant, isHalf: boolean, budget: Budget): Constant | undefined {
  const floats = input.type === "floats" ? input : fromIntegers(input, budget);
  return isHalf && !floats?.data.every(isFloat16) ? undefined : floats;
}

function fromIntegers(input: Constant, budget: Budget) {
  const numbers = integersOf(input);
  if (!numbers || room("floats", input.shape, budget) === undefined) return undefined;
  return { type: "floats", shape: input.shape, data: Float32Array.from(numbers) } as const;
}

function toIntegers(
  input: Constant,
  convert: (value: number) => number,
  budget: Budget,
): Constant | undefined {
  if (room("integers", input.shape, budget) === undefined) return undefined;
  const values: readonly Size[] = input.type === "integers" ? input.values : Array.from(input.data);
  return {
    type: "integers",
    shape: input.shape,
    values: values.map((value) => (typeof value === "number" ? known(convert(value)) : value)),
  };
}

/** What is no number, such as a truncated infinity, is no length. */
function known(value: number): Size {
  return Number.isFinite(value) ? value + 0 : null;
}

/** The product of all, such as the number of elements of a shape. */
export const reduceProduct: Fold = (node) => {
  const [input] = node.inputs;
  const axes = numbersOf(node, "axes", 1);
  const isWhole = !axes || axes.length === 0 || (axes.length === 1 && validAxis(axes[0], 1) === 0);
  if (input?.type !== "integers" || input.shape.length !== 1 || !isWhole) return undefined;
  const numbers = integersOf(input);
  const keeps = node.attributes.int("keepdims", 1) !== 0;
  return {
    type: "integers",
    shape: keeps ? [1] : [],
    values: [numbers ? numbers.reduce((product, value) => product * value, 1) : null],
  };
};
