import { isNchw, isOfPlane, nchw, sizeOf, type Axis, type Layout } from "../layout.ts";
import { as, axesOf, other, type Converter } from "./node-view.ts";
import { outputSizes, readWindow } from "./window.ts";

export const globalAveragePool: Converter = ({ layout }) =>
  isNchw(layout)
    ? as({ type: "global-average" }, [layout[0]!, layout[1]!, [], []])
    : other("a global average pool of activations that are not NCHW");

export const averagePool: Converter = ({ attributes, layout }) => {
  if (!isNchw(layout)) return other("an average pool of activations that are not NCHW");
  const window = readWindow(attributes);
  if (typeof window === "string") return other(`an average pool with ${window}`);
  const [height = 0, width = 0] = attributes.ints("kernel_shape") ?? [];
  const sizes = outputSizes(window, { height, width }, [sizeOf(layout[2]!), sizeOf(layout[3]!)]);
  const channels = Number(sizeOf(layout[1]!));
  return as({ type: "average-pool", height, width, ...window }, nchw(layout[0]!, channels, ...sizes));
};

/** A mean over height and width: at once, one after the other, or over all pixels in one axis. */
export const reduceMean: Converter = (node) => {
  const { attributes, layout } = node;
  const axes = axesOf(node, 1, layout.length);
  const taken = new Set(axes);
  const factors: Axis = layout.filter((_, index) => taken.has(index)).flat();
  const isKnown = axes?.every((index) => layout[index] !== undefined);
  if (!isKnown || taken.size === 0 || !factors.every(isOfPlane))
    return other("a mean over other axes than height and width");
  const keeps = attributes.int("keepdims", 1) !== 0;
  const left: Layout = keeps
    ? layout.map((factors, index) => (taken.has(index) ? [] : factors))
    : layout.filter((_, index) => !taken.has(index));
  const counts = new Set(factors.map((factor) => factor.counts));
  if (counts.size === 2) return as({ type: "global-average" }, left);
  if (counts.has("rows")) return as({ type: "average", over: "rows" }, left);
  return as(counts.has("columns") ? { type: "average", over: "columns" } : { type: "identity" }, left);
};
