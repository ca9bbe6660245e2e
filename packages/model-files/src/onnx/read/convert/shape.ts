import {
  axesOf,
  channelAxis,
  other,
  planeAxes,
  rankOf,
  type Converted,
  type Converter,
  type Layout,
} from "./node-view.ts";
import type { ShapeValue } from "../shape-values.ts";

export const identity: Converter = () => ({ operation: { type: "identity" } });

/** NHWC to NCHW and back change no order in terms of NHWC. */
export const transposition: Converter = ({ attributes, layout }) => {
  const order = (attributes.ints("perm") ?? []).join();
  if (order === [0, 1, 2, 3].slice(0, rankOf(layout)).join()) return { operation: { type: "identity" } };
  if (layout === "nhwc" && order === "0,3,1,2") return { operation: { type: "identity" }, layout: "nchw" };
  if (layout === "nchw" && order === "0,2,3,1") return { operation: { type: "identity" }, layout: "nhwc" };
  return other(`a transposition to the axes [${order.slice(0, 40)}] of ${layout} activations`);
};

/** [n, everything else]. */
export const flatten: Converter = ({ attributes, layout }) =>
  attributes.int("axis", 1) === 1
    ? { operation: { type: "reshape" }, layout: "flat" }
    : other(`a flattening of ${layout} activations from another axis than 1`);

export const reshape: Converter = ({ attributes, inputs, layout, shapes, position }) => {
  const shape = attributes.ints("shape") ?? shapes.get(inputs[1]);
  if (position !== 0 || !shape) return other("a reshape to a shape that depends on the input");
  const [batch, ...rest] = shape;
  // Zero keeps the axis as it is, which for height and width is 1 where a reshape is mapped at all.
  const others = rest.map((size, index) => {
    if (size !== 0) return size;
    return index + 1 === channelAxis(layout) ? null : 1;
  });
  // An open batch must not take what an axis of the image gives up.
  if (batch === -1 && others.includes(null)) return other("a reshape that may split images");
  return {
    operation: {
      type: "reshape",
      shape: [batch === 0 || batch === -1 ? null : (batch ?? null), ...others.map(openAxis)],
    },
    layout: layoutOf(others),
  };
};

export const squeeze: Converter = (node) => {
  const plane = planeAxes(node.layout);
  if (plane.length > 0 && axesOf(node, 1)?.join() === plane.join())
    return { operation: { type: "reshape" }, layout: "flat" };
  return other(`a squeeze of other axes than height and width`);
};

export const unsqueeze: Converter = (node): Converted => {
  const axes = (node.attributes.ints("axes") ?? node.constants.integers(node.inputs[1]) ?? []).map((axis) =>
    axis < 0 ? axis + 4 : axis,
  );
  if (node.layout === "flat" && axes.join() === "2,3")
    return { operation: { type: "reshape" }, layout: "nchw" };
  if (node.layout === "flat" && axes.join() === "1,2")
    return { operation: { type: "reshape" }, layout: "nhwc" };
  return other("an expansion that does not add height and width");
};

function openAxis(size: number | null): number | null {
  return size === -1 ? null : size;
}

function layoutOf(others: ShapeValue): Layout {
  if (others.length !== 3) return "flat";
  const [first, , last] = others;
  return first === 1 && last !== 1 ? "nhwc" : "nchw";
}
