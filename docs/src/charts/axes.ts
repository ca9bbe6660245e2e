import { tickText, type Scale } from "./scale.ts";
import type { Pen } from "../drawing/svg.ts";

/** The rectangle within the axes, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An axis as it is drawn. */
interface AxisOptions {
  readonly scale: Scale;
  /** With the unit, which stands nowhere else. */
  readonly title: string;
  readonly tick?: (value: number) => string;
  /** Where a title begins that stands above the plot: at the drawing's edge where nothing is said. */
  readonly titleFrom?: number;
}

/** Lines across the plot and their values at its left; the title above them. */
export function yAxis(
  pen: Pen,
  area: Area,
  { scale, title, tick = tickText, titleFrom = 0 }: AxisOptions,
): SVGElement {
  return pen("g", { class: "axis y" }, [
    ...scale.ticks.map((value) => {
      const y = scale.place(value);
      return pen("line", { x1: area.left, x2: area.right, y1: y, y2: y, stroke: "var(--line)" });
    }),
    ...scale.ticks.map((value) =>
      pen(
        "text",
        { x: area.left - 6, y: scale.place(value), dy: "0.35em", "text-anchor": "end", fill: "var(--ink-3)" },
        [tick(value)],
      ),
    ),
    pen("text", { x: titleFrom, y: area.top - 10, fill: "var(--ink-2)" }, [title]),
  ]);
}

/** The line beneath the plot and its values; the title under their end. No lines cross the plot. */
export function xAxis(pen: Pen, area: Area, { scale, title, tick = tickText }: AxisOptions): SVGElement {
  const { left, right, bottom } = area;
  return pen("g", { class: "axis x" }, [
    pen("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: "var(--rule)" }),
    ...scale.ticks.flatMap((value) => {
      const x = scale.place(value);
      return [
        pen("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, stroke: "var(--rule)" }),
        pen("text", { x, y: bottom + 17, "text-anchor": "middle", fill: "var(--ink-3)" }, [tick(value)]),
      ];
    }),
    pen("text", { x: right, y: bottom + 34, "text-anchor": "end", fill: "var(--ink-2)" }, [title]),
  ]);
}

/** Of words within a plot: what lies beneath them does not go through them. */
export const ON_GROUND = { stroke: "var(--page)", "stroke-width": 4, "paint-order": "stroke" } as const;

/** What stands in a plot that has nothing to show. */
export function emptyNote(pen: Pen, { left, top, right, bottom }: Area, words: string): SVGElement {
  return pen(
    "text",
    {
      x: (left + right) / 2,
      y: (top + bottom) / 2,
      "text-anchor": "middle",
      fill: "var(--ink-2)",
      ...ON_GROUND,
    },
    [words],
  );
}
