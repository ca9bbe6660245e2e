import { howMany } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import { statusLetter } from "./site-cells.ts";
import type { Pen } from "../drawing/svg.ts";

/** Of a strip: how far apart marks of one model stand, and how high they may reach. */
const STEP = 14;
const MOST = 70;

/** Cells without a figure, above the plot: where each of them would stand had it one. */
interface NoFigureStrip {
  /** Of the whole strip, in pixels; 0 where there is none. */
  readonly height: number;
  /** How far beneath the strip's top the mark of a cell stands. */
  readonly placeOf: (cell: SiteCell) => number;
}

/**
 * Cells of one model stand above each other, closer where there are many.
 * @param cells those without a figure alone
 */
export function noFigureStrip(cells: readonly SiteCell[]): NoFigureStrip {
  const stacks = [...Map.groupBy(cells, ({ multAdds }) => multAdds).values()];
  const highest = Math.max(0, ...stacks.map(({ length }) => length));
  if (highest === 0) return { height: 0, placeOf: () => 0 };
  const step = Math.min(STEP, MOST / highest);
  const places = new Map(
    stacks.flatMap((stack) => stack.map((cell, i) => [cell, (i + 0.5) * step] as const)),
  );
  return { height: highest * step + 10, placeOf: (cell) => places.get(cell) ?? 0 };
}

/** × with the status' letter: failed; –: unsupported. Never a place on the axis of time. */
export function noFigureMark(pen: Pen, cell: SiteCell, vanished: boolean): SVGElement[] {
  if (vanished)
    return [
      pen("circle", {
        r: 4,
        fill: "none",
        stroke: "var(--ink-2)",
        "stroke-width": 1.5,
        "stroke-dasharray": "2 2",
      }),
    ];
  if (cell.status === "unsupported")
    return [pen("path", { d: "M-4 0H4", stroke: "var(--ink-2)", "stroke-width": 1.5 })];
  return [
    pen("path", { d: "M-4 -4L4 4M-4 4L4 -4", stroke: "var(--broken)", "stroke-width": 2, fill: "none" }),
    pen("text", { x: 7, dy: "0.35em", fill: "var(--broken)" }, [statusLetter(cell)]),
  ];
}

/** Above the strip, at its left edge. */
export function noFigureTitle(pen: Pen, left: number, top: number, count: number): SVGElement {
  return pen("text", { x: left, y: top + 11, fill: "var(--ink-2)" }, [
    `no figure: ${howMany(count, "cell")}`,
  ]);
}
