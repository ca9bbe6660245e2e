import { axesOf, other, planeAxes, type Converter } from "./node-view.ts";
import { readWindow } from "./window.ts";

export const globalAveragePool: Converter = ({ layout }) =>
  layout === "nchw"
    ? { operation: { type: "global-average" } }
    : other("a global average pool of activations that are not NCHW");

export const averagePool: Converter = ({ attributes, layout }) => {
  if (layout !== "nchw") return other("an average pool of activations that are not NCHW");
  const window = readWindow(attributes);
  if (typeof window === "string") return other(`an average pool with ${window}`);
  const [height = 0, width = 0] = attributes.ints("kernel_shape") ?? [];
  return { operation: { type: "average-pool", height, width, ...window } };
};

export const reduceMean: Converter = (node) => {
  const { attributes, layout } = node;
  const plane = planeAxes(layout);
  const axes = axesOf(node, 1);
  if (plane.length === 0 || axes?.join() !== plane.join())
    return other(`a mean over other axes than height and width`);
  const keeps = attributes.int("keepdims", 1) !== 0;
  return { operation: { type: "global-average" }, ...(!keeps && { layout: "flat" }) };
};
