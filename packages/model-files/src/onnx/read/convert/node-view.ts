import type { Operation } from "../../../graph/source-graph.ts";
import type { Attributes } from "../attributes.ts";
import type { Constants } from "../constants.ts";
import type { ShapeValues } from "../shape-values.ts";

/** How an activation lies in memory: [n, c, h, w], [n, h, w, c] or, without height and width, [n, c]. */
export type Layout = "nchw" | "nhwc" | "flat";

/** A node with one activation among its inputs, and what is needed to understand it. */
export interface NodeView {
  readonly attributes: Attributes;
  readonly inputs: readonly string[];
  /** Which of the inputs is the activation. */
  readonly position: number;
  /** Of the activation. */
  readonly layout: Layout;
  readonly opset: number;
  readonly constants: Constants;
  readonly shapes: ShapeValues;
}

export interface Converted {
  readonly operation: Operation;
  /** Of the output; the input's where left out. */
  readonly layout?: Layout;
}

export type Converter = (node: NodeView) => Converted;

/** What cannot be mapped; `what` becomes part of a message. */
export function other(what: string): Converted {
  return { operation: { type: "other", what } };
}

export function rankOf(layout: Layout): 2 | 4 {
  return layout === "flat" ? 2 : 4;
}

/** The axis of the channels. */
export function channelAxis(layout: Layout): 1 | 3 {
  return layout === "nhwc" ? 3 : 1;
}

/** The axes of height and width; none where they have gone. */
export function planeAxes(layout: Layout): readonly number[] {
  if (layout === "flat") return [];
  return layout === "nchw" ? [2, 3] : [1, 2];
}

/** Axes as ONNX counts them, the negative ones from the end, in ascending order. */
function normalizeAxes(axes: readonly number[], rank: number): readonly number[] {
  return axes.map((axis) => (axis < 0 ? axis + rank : axis)).toSorted((a, b) => a - b);
}

/** Axes from the input of newer opsets or the attribute of older ones. */
export function axesOf({ attributes, constants, inputs, layout }: NodeView, input: number) {
  const axes = attributes.ints("axes") ?? constants.integers(inputs[input]);
  return axes && normalizeAxes(axes, rankOf(layout));
}
