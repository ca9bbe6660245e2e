import { elementCount } from "../../../shape.ts";
import type { Budget } from "../budget.ts";
import type { Constant, Size } from "../value.ts";

/** Of a tensor; more than any operator of a MobileNet has. */
export const MAX_RANK = 8;
/** Of a list of numbers: the longest that a MobileNet needs counts the channels of a layer. */
export const MAX_INTEGERS = 2 ** 16;

/** Steps between the elements of each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const size of shape.toReversed()) {
    strides.unshift(step);
    step *= size;
  }
  return strides;
}

/** How elements are picked from an array: one axis after the other, from an offset on, in steps that may be negative or 0. */
interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset?: number;
}

/** A constant of elements of another; undefined where it would be too large. */
export function picked(constant: Constant, view: View, budget: Budget): Constant | undefined {
  const { type } = constant;
  const { shape } = view;
  const count = room(type, shape, budget);
  if (count === undefined) return undefined;
  if (type === "floats") {
    const data = new Float32Array(count);
    pick(constant.data, data, view);
    return { type, shape, data };
  }
  const values: Size[] = Array.from({ length: count }, () => null);
  pick(constant.values, values, view);
  return { type, shape, values };
}

/** How many elements a shape has, for which memory may be taken; undefined where it may not. */
export function room(type: Constant["type"], shape: readonly number[], budget: Budget): number | undefined {
  const count = shape.length > MAX_RANK ? undefined : elementCount(shape);
  if (count === undefined || (type === "integers" && count > MAX_INTEGERS)) return undefined;
  budget.spend(type, count);
  return count;
}

function pick<T>(
  source: ArrayLike<T>,
  target: { [index: number]: T; readonly length: number },
  { shape, strides, offset = 0 }: View,
) {
  const last = shape.length - 1;
  const [run = 1, step = 1] = [shape[last], strides[last]];
  const index = shape.map(() => 0);
  let row = offset;
  for (let to = 0; to < target.length; to += run) {
    for (let i = 0; i < run; i++) target[to + i] = source[row + i * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      row += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      row -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

/** Whether these are the axes 0 to rank − 1 in some order. */
export function isPermutation(order: readonly number[], rank: number): boolean {
  return (
    order.length === rank &&
    new Set(order).size === rank &&
    order.every((axis) => axis >= 0 && axis < rank && Number.isInteger(axis))
  );
}

/** The constant with its axes in the order `order`: axis i is axis order[i] of before. */
export function transposed(
  constant: Constant,
  order: readonly number[],
  budget: Budget,
): Constant | undefined {
  const { shape } = constant;
  if (!isPermutation(order, shape.length)) return undefined;
  const strides = stridesOf(shape);
  const view = { shape: order.map((axis) => shape[axis]!), strides: order.map((axis) => strides[axis]!) };
  return picked(constant, view, budget);
}
