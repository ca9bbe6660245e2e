import type { Operation } from "../../../graph/source-graph.ts";
import type { Attributes } from "../attributes.ts";
import type { Layout } from "../layout.ts";
import { integersOf, type Floats, type Value } from "../value.ts";

/** A node with one activation among its inputs, and what is needed to understand it. */
export interface NodeView {
  readonly attributes: Attributes;
  /** Undefined where it is left out, and where it is neither a constant nor an activation. */
  readonly inputs: readonly (Value | undefined)[];
  /** Whether the file names an input of this number, understood or not. */
  readonly isGiven: (input: number) => boolean;
  /** Which of the inputs is the activation. */
  readonly position: number;
  /** Of the activation. */
  readonly layout: Layout;
  readonly opset: number;
  /** A constant with its axes in another order, made once for all nodes that use it. */
  readonly transposed: (constant: Floats, order: readonly number[]) => Floats | undefined;
}

export interface Converted {
  /** One after the other. */
  readonly operations: readonly Operation[];
  /** Of the output; the input's where left out. */
  readonly layout?: Layout;
}

export type Converter = (node: NodeView) => Converted;

export function as(operation: Operation, layout?: Layout): Converted {
  return { operations: [operation], ...(layout && { layout }) };
}

/** What cannot be mapped; `what` becomes part of a message, and so does the remedy where it is not the usual one. */
export function other(what: string, remedy?: string): Converted {
  return as({ type: "other", what, ...(remedy !== undefined && { remedy }) });
}

/** Axes from the input of newer opsets or the attribute of older ones, counted from the first; as in the file. */
export function axesOf(node: Pick<NodeView, "attributes" | "inputs">, input: number, rank: number) {
  const axes = node.attributes.has("axes") ? node.attributes.ints("axes") : integersOf(node.inputs[input]);
  return axes?.map((axis) => (axis < 0 ? axis + rank : axis));
}
