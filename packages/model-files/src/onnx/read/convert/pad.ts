import type { Padding } from "@mobilenet-bench/spec";
import { axis, planeAxes, sizeOf } from "../layout.ts";
import { floatsOf, integersOf } from "../value.ts";
import { as, axesOf, other, type Converter, type NodeView } from "./node-view.ts";

/** Pads are [begin of each axis, end of each axis]; an input since opset 11, an attribute before. */
export const pad: Converter = (node) => {
  const { attributes, inputs, isGiven, layout, position } = node;
  const pads = padsOf(node);
  if (position !== 0 || !pads) return other("a pad whose widths are not constants for every axis");
  const mode = attributes.text("mode") || "constant";
  const value = isGiven(2) ? floatsOf(inputs[2])?.data[0] : attributes.float("value", 0);
  if (mode !== "constant" || value !== 0) return other("a pad with something else than zeros");
  const [rows, columns] = planeAxes(layout) ?? [];
  const isPlane = pads.every(
    ([before, behind], index) => (before === 0 && behind === 0) || index === rows || index === columns,
  );
  if (!isPlane) return other("a pad of other axes than height and width");
  if (rows === undefined || columns === undefined) return as({ type: "identity" });
  const [[top, bottom], [left, right]] = [pads[rows]!, pads[columns]!];
  const padding: Padding = { top, left, bottom, right };
  const padded = (index: number, width: number) => {
    const size = sizeOf(layout[index]!);
    return typeof size === "number" ? size + width : size;
  };
  return as(
    { type: "pad", padding },
    layout
      .with(rows, axis("rows", padded(rows, top + bottom)))
      .with(columns, axis("columns", padded(columns, left + right))),
  );
};

/** The widths before and behind each axis. Since opset 18 a file may name the axes that it pads. */
function padsOf(node: NodeView): readonly (readonly [before: number, behind: number])[] | undefined {
  const { attributes, inputs, isGiven, layout } = node;
  const listed = ["pads", "paddings"].find((name) => attributes.has(name));
  const widths = listed === undefined ? integersOf(inputs[1]) : attributes.ints(listed);
  const axes = isGiven(3) ? axesOf(node, 3, layout.length) : [...layout.keys()];
  if (!widths || !axes || widths.length !== 2 * axes.length) return undefined;
  const pads = layout.map((): readonly [number, number] => [0, 0]);
  for (const [index, padded] of axes.entries()) {
    if (pads[padded] === undefined) return undefined;
    pads[padded] = [widths[index]!, widths[axes.length + index]!];
  }
  return pads;
}
