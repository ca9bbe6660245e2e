import { symbol } from "d3-shape";
import { penOf, type Pen } from "../drawing/svg.ts";
import { ENGINES } from "./engine.ts";
import { FAMILIES, type FamilyMark } from "./family.ts";
import type { Mark } from "./mark-of.ts";

/** Filled is what competes; hollow is shown and never ranked: on a software adapter, or (with a dot) of an older run. */
export type Standing = "competes" | "software" | "stale";

/** The area of a shape, in square pixels; shapes of one area look alike in size. */
const AREA = 52;
/** Of a key glyph. */
const KEY = { width: 24, height: 16 } as const;

/** The shape of a mark around the origin. */
export function shapeOf(pen: Pen, { family, engine }: Mark, standing: Standing, area = AREA): SVGElement[] {
  const { colour } = FAMILIES[family];
  const d = symbol(ENGINES[engine].shape, area)() ?? "";
  const solid = standing === "competes";
  const shape = pen("path", {
    d,
    fill: solid ? colour : "var(--page)",
    stroke: solid ? "var(--page)" : colour,
    "stroke-width": solid ? 0.75 : 1.5,
  });
  return standing === "stale" ? [shape, pen("circle", { r: 1.5, fill: colour, stroke: "none" })] : [shape];
}

/** Attributes of a line in the colour and the dash of a family. */
export function lineOf(family: Mark["family"]) {
  const { colour, dash }: FamilyMark = FAMILIES[family];
  return { fill: "none", stroke: colour, "stroke-width": 1.5, "stroke-dasharray": dash } as const;
}

/** What stands for a backend in a drawing's own keys: its line with its shape on it, 24 by 16, from the origin on. */
export function keyMarks(pen: Pen, mark: Mark, standing: Standing = "competes"): SVGElement[] {
  const { width, height } = KEY;
  return [
    pen("line", { x1: 0, x2: width, y1: height / 2, y2: height / 2, ...lineOf(mark.family) }),
    pen("g", { transform: `translate(${width / 2} ${height / 2})` }, shapeOf(pen, mark, standing)),
  ];
}

/**
 * The key glyph of a backend as an element of its own, for legends, tables and text. The backend's name must stand beside it:
 * the glyph is hidden from those who hear the page.
 */
export function keyGlyph(document: Document, mark: Mark, standing: Standing = "competes"): SVGSVGElement {
  const pen = penOf(document);
  const { width, height } = KEY;
  return pen(
    "svg",
    { class: "key", "aria-hidden": "true", viewBox: `0 0 ${width} ${height}`, width, height },
    keyMarks(pen, mark, standing),
  );
}
