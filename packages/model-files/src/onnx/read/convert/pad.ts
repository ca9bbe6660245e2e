import type { Padding } from "@mobilenet-bench/spec";
import { other, planeAxes, rankOf, type Converter } from "./node-view.ts";

/** Pads are [begin of each axis, end of each axis]; an input since opset 11, an attribute before. */
export const pad: Converter = ({ attributes, constants, inputs, layout, position }) => {
  const rank = rankOf(layout);
  const pads = attributes.ints("pads") ?? attributes.ints("paddings") ?? constants.integers(inputs[1]);
  if (position !== 0 || pads?.length !== 2 * rank || inputs[3])
    return other("a pad whose widths are not constants for every axis");
  const mode = attributes.text("mode") || "constant";
  const hasValue = inputs[2] !== undefined && inputs[2] !== "";
  const value = hasValue ? constants.floats(inputs[2])?.data[0] : attributes.float("value", 0);
  if (mode !== "constant" || value !== 0) return other("a pad with something else than zeros");
  const plane = planeAxes(layout);
  const isPlane = pads.every((width, index) => width === 0 || plane.includes(index % rank));
  if (!isPlane) return other("a pad of other axes than height and width");
  const [vertical = 0, horizontal = 0] = plane;
  const at = (index: number) => pads[index] ?? 0;
  const padding: Padding = {
    top: at(vertical),
    left: at(horizontal),
    bottom: at(rank + vertical),
    right: at(rank + horizontal),
  };
  return { operation: { type: "pad", padding } };
};
