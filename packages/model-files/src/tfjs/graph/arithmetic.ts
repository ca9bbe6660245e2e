import type { Tensor } from "@mobilenet-bench/spec";
import type { Operation } from "../../graph/source-graph.ts";
import type { Constants } from "./constants.ts";
import { on, other, type NodeReader } from "./node-reader.ts";

/** Steps per channel between a value and a constant, on whichever side it stands. */
export const perChannel =
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
export const bound =
  (side: "min" | "max"): NodeReader =>
  (node, constants) => {
    const at = node.inputs.findIndex((input) => constants.tensor(input));
    const [limit, ...others] = constants.numbers(node.inputs[at]) ?? [];
    const input = node.inputs[1 - at];
    if (limit === undefined || others.length > 0 || input === undefined) return other(node, node.op);
    const operation = { type: "clip", min: -Infinity, max: Infinity, [side]: limit } as const;
    return { operations: [operation], inputs: [input] };
  };

export const clipByValue: NodeReader = (node, constants) => {
  const [[min, ...low] = [], [max, ...high] = []] = node.inputs
    .slice(1)
    .map((input) => constants.numbers(input));
  if (min === undefined || max === undefined || low.length + high.length > 0) return other(node, node.op);
  return on(node, { type: "clip", min, max });
};
