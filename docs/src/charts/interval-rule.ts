import { FAMILIES, type Mark } from "../marks/index.ts";
import type { Scale } from "./scale.ts";
import type { Pen } from "../drawing/svg.ts";

/**
 * An interval: a rule without caps, drawn beneath its mark and from there on.
 * @param place of the mark on the scale, in pixels
 */
export function intervalRule(
  pen: Pen,
  { family }: Mark,
  interval: readonly [number, number] | undefined,
  scale: Scale,
  place: number,
  direction: "vertical" | "horizontal",
): SVGElement | undefined {
  if (!interval) return undefined;
  const [from, to] = interval.map((end) => scale.place(end) - place);
  const ends =
    direction === "vertical" ? { x1: 0, x2: 0, y1: from, y2: to } : { x1: from, x2: to, y1: 0, y2: 0 };
  return pen("line", { ...ends, stroke: FAMILIES[family].colour, "stroke-width": 1.5 });
}
