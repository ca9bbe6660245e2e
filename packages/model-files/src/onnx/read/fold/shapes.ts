import { elementCount } from "../../../shape.ts";
import type { Budget } from "../budget.ts";
import { integersOf, type Constant } from "../value.ts";
import { numbersOf, validAxis, withShape, type Fold } from "./fold.ts";
import { picked, room, stridesOf, transposed } from "./strided.ts";

export const transpose: Fold = ({ attributes, inputs: [input], budget }) => {
  const order = attributes.ints("perm") ?? [];
  const reversed = input?.shape.map((_, axis) => input.shape.length - 1 - axis);
  return input && transposed(input, order.length > 0 ? order : (reversed ?? []), budget);
};

export const reshape: Fold = (node) => {
  const [input] = node.inputs;
  const wanted = numbersOf(node, "shape", 1);
  if (!input || !wanted) return undefined;
  const keepsZeros = node.attributes.int("allowzero", 0) !== 0;
  const kept = wanted.map((size, axis) => (size === 0 && !keepsZeros ? (input.shape[axis] ?? 0) : size));
  const known = kept.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const rest = (elementCount(input.shape) ?? 0) / known;
  return withShape(
    input,
    kept.map((size) => (size === -1 ? rest : size)),
  );
};

export const flatten: Fold = ({ attributes, inputs: [input] }) => {
  const axis = attributes.int("axis", 1);
  const at = axis < 0 ? axis + (input?.shape.length ?? 0) : axis;
  const product = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);
  return input && withShape(input, [product(input.shape.slice(0, at)), product(input.shape.slice(at))]);
};

export const squeeze: Fold = (node) => {
  const [input] = node.inputs;
  if (!input) return undefined;
  const { shape } = input;
  const axes = numbersOf(node, "axes", 1)?.map((axis) => validAxis(axis, shape.length));
  return withShape(
    input,
    shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1)),
  );
};

export const unsqueeze: Fold = (node) => {
  const [input] = node.inputs;
  const axes = numbersOf(node, "axes", 1);
  if (!input || !axes) return undefined;
  const rank = input.shape.length + axes.length;
  const added = new Set(axes.map((axis) => validAxis(axis, rank)));
  if (added.has(undefined) || added.size !== axes.length) return undefined;
  const sizes = input.shape.values();
  return withShape(
    input,
    Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (sizes.next().value ?? 1))),
  );
};

/** As broadcasting aligns shapes, from the last axis on. */
export const expand: Fold = ({ inputs: [input, wanted], budget }) => {
  const sizes = integersOf(wanted);
  if (!input || !sizes) return undefined;
  const rank = Math.max(sizes.length, input.shape.length);
  const own = [...Array.from({ length: rank - input.shape.length }, () => 1), ...input.shape];
  const shape = own.map((size, axis) => (size === 1 ? (sizes[axis - rank + sizes.length] ?? 1) : size));
  const strides = stridesOf(own).map((stride, axis) => (own[axis] === 1 ? 0 : stride));
  return picked(input, { shape, strides }, budget);
};

/** Starts, ends, axes and steps are inputs since opset 10. */
export const slice: Fold = (node) => {
  const [input] = node.inputs;
  const starts = numbersOf(node, "starts", 1);
  const ends = numbersOf(node, "ends", 2);
  if (!input || !starts || !ends || starts.length !== ends.length) return undefined;
  const axes = numbersOf(node, "axes", 3) ?? starts.map((_, index) => index);
  const steps = numbersOf(node, "steps", 4) ?? starts.map(() => 1);
  const shape = [...input.shape];
  const strides = stridesOf(shape);
  let offset = 0;
  for (const [index, start] of starts.entries()) {
    const axis = validAxis(axes[index], input.shape.length);
    const step = steps[index] ?? 0;
    if (axis === undefined || step === 0) return undefined;
    const range = rangeOf(input.shape[axis]!, start, ends[index]!, step);
    shape[axis] = range.count;
    offset += range.first * strides[axis]!;
    strides[axis]! *= step;
  }
  return picked(input, { shape, strides, offset }, node.budget);
};

/** What a slice takes of an axis: negative bounds count from its end, and bounds beyond it are moved to it. */
export function rangeOf(size: number, start: number, end: number, step: number) {
  const bound = (index: number, lowest: number, highest: number) =>
    Math.max(Math.min(index < 0 ? index + size : index, highest), lowest);
  const first = step > 0 ? bound(start, 0, size) : bound(start, 0, size - 1);
  const last = step > 0 ? bound(end, 0, size) : bound(end, -1, size - 1);
  return { first, count: size === 0 ? 0 : Math.max(0, Math.ceil((last - first) / step)) };
}

export const concat: Fold = ({ attributes, inputs, budget }) => {
  const parts = inputs.filter((part) => part !== undefined);
  const [first] = parts;
  const axis = validAxis(attributes.int("axis"), first?.shape.length ?? 0);
  if (!first || axis === undefined || parts.length !== inputs.length) return undefined;
  const fits = parts.every(
    ({ type, shape }) =>
      type === first.type &&
      shape.length === first.shape.length &&
      shape.every((size, index) => index === axis || size === first.shape[index]),
  );
  if (!fits) return undefined;
  const shape = first.shape.with(
    axis,
    parts.reduce((sum, part) => sum + part.shape[axis]!, 0),
  );
  return joined(parts, shape, axis, budget);
};

/** Blocks of each part in turn, as many as there are elements in front of the axis. */
function joined(
  parts: readonly Constant[],
  shape: readonly number[],
  axis: number,
  budget: Budget,
): Constant | undefined {
  const type = parts[0]?.type ?? "integers";
  const count = room(type, shape, budget);
  if (count === undefined) return undefined;
  // Where there is nothing, there may be very many blocks of nothing.
  const outer = count === 0 ? 0 : shape.slice(0, axis).reduce((product, size) => product * size, 1);
  const pieces = Array.from({ length: outer }, (_, block) =>
    parts.map((part) => {
      const length = (elementCount(part.shape) ?? 0) / outer;
      return [part, block * length, (block + 1) * length] as const;
    }),
  ).flat();
  if (type === "integers")
    return {
      type,
      shape,
      values: pieces.flatMap(([part, from, to]) =>
        part.type === "integers" ? part.values.slice(from, to) : [],
      ),
    };
  const data = new Float32Array(count);
  let at = 0;
  for (const [part, from, to] of pieces) {
    if (part.type === "floats") data.set(part.data.subarray(from, to), at);
    at += to - from;
  }
  return { type, shape, data };
}

export const gather: Fold = ({ attributes, inputs: [input, indices], budget }) => {
  const axis = validAxis(attributes.int("axis", 0), input?.shape.length ?? 0);
  const numbers = integersOf(indices);
  if (!input || !indices || !numbers || axis === undefined) return undefined;
  const size = input.shape[axis]!;
  const rows = numbers.map((index) => validAxis(index, size));
  const inner = input.shape.slice(axis + 1);
  const shape = [...input.shape.slice(0, axis), ...indices.shape, ...inner];
  const length = inner.reduce((product, size) => product * size, 1);
  const count = room(input.type, shape, budget);
  if (count === undefined || rows.includes(undefined)) return undefined;
  const source = (to: number) => {
    const row = Math.floor(to / length);
    const block = Math.floor(row / rows.length);
    return (block * size + rows[row % rows.length]!) * length + (to % length);
  };
  return input.type === "floats"
    ? { type: "floats", shape, data: new Float32Array(count).map((_, to) => input.data[source(to)]!) }
    : {
        type: "integers",
        shape,
        values: Array.from({ length: count }, (_, to) => input.values[source(to)]!),
      };
};
