import type { Budget } from "../budget.ts";
import { BATCH, type Constant, type Size } from "../value.ts";
import type { Fold } from "./fold.ts";
import { picked, room, stridesOf } from "./strided.ts";

/** What an operator computes of two elements; of integers one of which is not known, whatever can be told. */
interface Binary {
  /** Whether truth values come of floats. */
  readonly isComparison?: true;
  readonly floats?: (a: number, b: number) => number;
  readonly integers: (a: number, b: number) => number;
  readonly open?: (a: Size, b: Size) => Size;
}

const arithmetic = (
  of: (a: number, b: number) => number,
  open?: Binary["open"],
  integers: Binary["integers"] = of,
): Binary => ({
  floats: of,
  integers,
  ...(open && { open }),
});
/** The open number of images remains what it is where the other operand changes nothing. */
const unless =
  (neutral: number) =>
  (a: Size, b: Size): Size => {
    if (b === neutral) return a;
    return a === neutral ? b : null;
  };
/** There is at least one image. */
const comparison = (of: (a: number, b: number) => boolean): Binary => ({
  isComparison: true,
  floats: (a, b) => Number(of(a, b)),
  integers: (a, b) => Number(of(a, b)),
  open: (a, b) => {
    if (a === BATCH && typeof b === "number" && b < 1) return Number(of(1, b));
    return b === BATCH && typeof a === "number" && a < 1 ? Number(of(a, 1)) : null;
  },
});

const BINARY: Readonly<Record<string, Binary>> = {
  Add: arithmetic((a, b) => a + b, unless(0)),
  Sub: arithmetic(
    (a, b) => a - b,
    (a, b) => (b === 0 ? a : null),
  ),
  Mul: arithmetic((a, b) => a * b, unless(1)),
  Div: arithmetic(
    (a, b) => a / b,
    (a, b) => (b === 1 ? a : null),
    (a, b) => Math.trunc(a / b),
  ),
  Min: arithmetic(Math.min),
  Max: arithmetic(Math.max),
  Mod: { integers: (a, b) => a - b * Math.floor(a / b) },
  Equal: comparison((a, b) => a === b),
  Less: comparison((a, b) => a < b),
  LessOrEqual: comparison((a, b) => a <= b),
  Greater: comparison((a, b) => a > b),
  GreaterOrEqual: comparison((a, b) => a >= b),
  And: { integers: (a, b) => Number(a !== 0 && b !== 0) },
  Or: { integers: (a, b) => Number(a !== 0 || b !== 0) },
};

const UNARY: Readonly<Record<string, (value: number) => number>> = {
  Abs: Math.abs,
  Ceil: Math.ceil,
  Floor: Math.floor,
  Neg: (value) => -value,
  Not: (value) => Number(value === 0),
  Reciprocal: (value) => 1 / value,
  Sqrt: Math.sqrt,
};

const binary =
  (operator: Binary): Fold =>
  ({ inputs, budget }) => {
    const [first, ...others] = inputs;
    if (!first || others.length === 0) return undefined;
    return others.reduce(
      (result, other) => result && other && combine(operator, result, other, budget),
      first,
    );
  };

function combine(operator: Binary, a: Constant, b: Constant, budget: Budget): Constant | undefined {
  const shape = broadcastShape([a.shape, b.shape]);
  if (!shape) return undefined;
  const [left, right] = [broadcast(a, shape, budget), broadcast(b, shape, budget)];
  const { isComparison, floats, integers, open } = operator;
  if (left?.type === "floats" && right?.type === "floats") {
    if (!floats || room(isComparison ? "integers" : "floats", shape, budget) === undefined) return undefined;
    const values = left.data.map((value, i) => floats(value, right.data[i]!));
    return isComparison
      ? { type: "integers", shape, values: Array.from(values) }
      : { type: "floats", shape, data: values };
  }
  if (left?.type !== "integers" || right?.type !== "integers") return undefined;
  if (room("integers", shape, budget) === undefined) return undefined;
  const values = left.values.map((value, i): Size => {
    const other = right.values[i]!;
    if (typeof value === "number" && typeof other === "number") return finite(integers(value, other));
    return open?.(value, other) ?? null;
  });
  return { type: "integers", shape, values };
}

/** What a division by zero gives is no length. */
function finite(value: number): Size {
  return Number.isFinite(value) ? value + 0 : null;
}

const unary =
  (compute: (value: number) => number): Fold =>
  ({ inputs: [input], budget }) => {
    if (!input || room(input.type, input.shape, budget) === undefined) return undefined;
    return input.type === "floats"
      ? { ...input, data: input.data.map(compute) }
      : {
          ...input,
          values: input.values.map((value) => (typeof value === "number" ? finite(compute(value)) : null)),
        };
  };

/** Where the condition is not known, neither is what is chosen, but where both are the same. */
export const where: Fold = ({ inputs: [condition, yes, no], budget }) => {
  if (condition?.type !== "integers" || yes?.type !== "integers" || no?.type !== "integers") return undefined;
  const shape = broadcastShape([condition.shape, yes.shape, no.shape]);
  const [test, first, second] = [condition, yes, no].map((part) => shape && broadcast(part, shape, budget));
  if (test?.type !== "integers" || first?.type !== "integers" || second?.type !== "integers")
    return undefined;
  if (room("integers", test.shape, budget) === undefined) return undefined;
  const values = test.values.map((chosen, i): Size => {
    const [a, b] = [first.values[i] ?? null, second.values[i] ?? null];
    if (typeof chosen !== "number") return a === b ? a : null;
    return chosen === 0 ? b : a;
  });
  return { type: "integers", shape: test.shape, values };
};

/** Aligned from the last axis on, where a size of 1 is repeated. */
function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] | undefined {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const shape = Array.from({ length: rank }, (_, axis) =>
    shapes
      .map((sizes) => sizes[axis - rank + sizes.length] ?? 1)
      .reduce((all, size) => (all === 1 || all === size ? size : size === 1 ? all : NaN)),
  );
  return shape.some(Number.isNaN) ? undefined : shape;
}

function broadcast(constant: Constant, shape: readonly number[], budget: Budget): Constant | undefined {
  if (constant.shape.join() === shape.join()) return constant;
  const missing = shape.length - constant.shape.length;
  const own = stridesOf(constant.shape);
  const strides = shape.map((_, axis) =>
    constant.shape[axis - missing] === 1 ? 0 : (own[axis - missing] ?? 0),
  );
  return picked(constant, { shape, strides }, budget);
}

export const ARITHMETIC: readonly (readonly [string, Fold])[] = [
  ...Object.entries(BINARY).map(([name, operator]) => [name, binary(operator)] as const),
  ...Object.entries(UNARY).map(([name, compute]) => [name, unary(compute)] as const),
];
