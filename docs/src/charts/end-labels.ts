import { significant, type Fit } from "@mobilenet-bench/results";
import { FAMILIES, markOf } from "../marks/index.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import type { Area } from "./axes.ts";
import { shortened, widthOf } from "./letters.ts";
import type { Figured } from "./site-cells.ts";
import { spread } from "./spread.ts";
import { pathOf, type Pen } from "../drawing/svg.ts";

/** Between two labels, baseline to baseline. */
const GAP = 15;
const NAME = 180;
const SLOPE = 46;

/** A row of cells with its line, where it has one. */
export interface Row {
  /** What stands at its end. */
  readonly name: string;
  /** Most mult-adds first. */
  readonly cells: readonly Figured[];
  readonly fit?: Fit;
}

/**
 * How much room names need at the right edge, in pixels.
 * @param slopes whether those of lines stand beside them
 */
export function labelWidth(rows: readonly Row[], slopes: boolean): number {
  const names = rows.map(({ name }) => widthOf(name));
  return 24 + Math.min(NAME, Math.max(0, ...names)) + slopeWidth(rows, slopes);
}

function slopeWidth(rows: readonly Row[], slopes: boolean): number {
  return slopes && rows.some(({ fit }) => fit !== undefined) ? SLOPE : 0;
}

/** Where names stand. */
interface LabelPlace {
  readonly area: Area;
  /** The right one of all, in pixels. */
  readonly edge: number;
  readonly slopes: boolean;
  readonly placeOf: (cell: Figured) => { readonly x: number; readonly y: number };
}

/**
 * The name of each row at the end of it, and its slope: where they would stand on each other they are moved apart, and
 * where there is no room for all there is none.
 */
export function endLabels(
  pen: Pen,
  rows: readonly Row[],
  { area, edge, slopes, placeOf }: LabelPlace,
): SVGElement | undefined {
  const ends = rows.flatMap(({ name, cells: [cell], fit }) =>
    cell ? [{ name, cell, fit, ...placeOf(cell) }] : [],
  );
  const places = spread(
    ends.map(({ y }) => y),
    GAP,
    area.top + 6,
    area.bottom - 6,
  );
  if (!places) return undefined;
  const left = area.right + 20;
  const figures = alignedOnPoint(ends.map(({ fit }) => (fit ? significant(fit.slope) : "")));
  const column = slopeWidth(rows, slopes);
  return pen("g", { class: "end-labels" }, [
    column > 0
      ? pen("text", { x: edge, y: area.top - 10, "text-anchor": "end", fill: "var(--ink-2)" }, ["ms per 1e9"])
      : undefined,
    ...ends.flatMap(({ name, cell, fit, x, y }, i) => {
      const place = places[i] ?? y;
      return [
        pen("path", {
          d: pathOf([
            [x + 8, y],
            [left - 4, place],
          ]),
          stroke: FAMILIES[markOf(cell.backend).family].colour,
          "stroke-opacity": 0.5,
          fill: "none",
        }),
        pen("text", { x: left, y: place, dy: "0.35em" }, [shortened(name, edge - column - left)]),
        column > 0 && fit
          ? pen("text", { x: edge, y: place, dy: "0.35em", "text-anchor": "end", fill: "var(--ink-2)" }, [
              figures[i],
            ])
          : undefined,
      ];
    }),
  ]);
}
