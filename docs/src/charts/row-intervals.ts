import type { SiteCell } from "../data/site-cell.ts";
import { at, penOf } from "../drawing/svg.ts";
import { markOf, shapeOf } from "../marks/index.ts";
import { intervalRule } from "./interval-rule.ts";
import { scaleOf } from "./scale.ts";
import { isFigured, standingOf } from "./site-cells.ts";

const WIDTH = 96;
const HEIGHT = 16;
/** Half of a shape. */
const INSET = 6;
/** In square pixels: a row of text is lower than a plot. */
const AREA = 36;

/**
 * A dot and a rule for each row of a table, where its cell has a figure: all of them on one logarithmic scale, so that rows can be
 * compared by eye. The numbers must stand beside it: it is hidden from those who hear the page.
 * @param cells of one group of rows, mostly of one model
 * @returns by cell id
 */
export function rowIntervals(
  document: Document,
  cells: readonly SiteCell[],
): ReadonlyMap<string, SVGSVGElement> {
  const pen = penOf(document);
  const figured = cells.filter(isFigured);
  const scale = scaleOf({
    kind: "log",
    values: figured.flatMap(({ ms, ci95 }) => [ms, ...(ci95 ?? [])]),
    range: [INSET, WIDTH - INSET],
    ticks: 2,
    air: 0,
  });
  const drawings = figured.map((cell) => {
    const mark = markOf(cell.backend);
    const x = scale.place(cell.ms);
    const drawing = pen(
      "svg",
      {
        class: "row-interval",
        "aria-hidden": "true",
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        width: WIDTH,
        height: HEIGHT,
      },
      [
        pen("g", { transform: at(x, HEIGHT / 2) }, [
          intervalRule(pen, mark, cell.ci95, scale, x, "horizontal"),
          ...shapeOf(pen, mark, standingOf(cell), AREA),
        ]),
      ],
    );
    return [cell.id, drawing] as const;
  });
  return new Map(drawings);
}
