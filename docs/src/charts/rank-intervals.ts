import { howMany, rankText, significant } from "@mobilenet-bench/results";
import { competes, type SiteCell } from "../data/site-cell.ts";
import { keyMarks, markOf, shapeOf } from "../marks/index.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { emptyNote, xAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { intervalRule } from "./interval-rule.ts";
import { shortened, widthOf } from "./letters.ts";
import { noFigureMark } from "./no-figure-strip.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import {
  countsWithoutFigure,
  isFigured,
  modelName,
  rangeText,
  rowName,
  sortSiteCells,
  standingOf,
  statusText,
} from "./site-cells.ts";
import { at, penOf, type Pen } from "../drawing/svg.ts";
import { tiesOf } from "./ties.ts";

/** Cells to be put in the order that their ratios leave. */
interface RankIntervals {
  /** Of one model, or of several: then each has its heading. */
  readonly cells: readonly SiteCell[];
}

const ROW = 24;
const HEADING = 28;
const RANK = 44;
const KEY = 32;
const FIGURE = 56;

/**
 * Each cell's interval on one logarithmic scale, in the order of medians, with the range of its rank: what overlaps is not
 * put in an order.
 */
export function rankIntervals({ cells: given }: RankIntervals, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const cells = sortSiteCells(given);
  const groups = [...Map.groupBy(cells, ({ model }) => model).values()];
  const headed = groups.length > 1;
  const names = Math.min(
    isWide(frame) ? 200 : 132,
    Math.max(0, ...cells.map((cell) => widthOf(rowName(cell)))),
  );
  const area: Area = {
    left: RANK + KEY + names + 12,
    top: 4,
    right: frame.width - FIGURE,
    bottom: 4 + Math.max(2, cells.length) * ROW + (headed ? groups.length * HEADING : 0),
  };
  const scale = scaleOf({
    kind: "log",
    values: cells.filter(isFigured).flatMap(({ ms, ci95 }) => [ms, ...(ci95 ?? [])]),
    range: [area.left, area.right - 8],
    ticks: Math.max(2, Math.floor((area.right - area.left) / 48)),
  });
  const ties = tiesOf(cells);
  const places = placesOf(groups, area.top, headed);
  const figures = alignedOnPoint(cells.map((cell) => (isFigured(cell) ? significant(cell.ms) : "")));
  const table = tableOf(cells);
  const says = wordsOf(groups);
  const svg = rootOf(frame, area.bottom + 44, { table, says }, [
    ...(headed ? groups.map((group) => heading(pen, group, places)) : []),
    cells.length === 0 ? emptyNote(pen, area, "No cell to show.") : undefined,
    pen(
      "g",
      { class: "data" },
      cells.map((cell, i) =>
        row(pen, cell, places.get(cell) ?? area.top, {
          area,
          scale,
          names,
          figure: figures[i] ?? "",
          ties: ties.get(cell.id)?.join(" "),
        }),
      ),
    ),
    xAxis(pen, area, { scale, title: "median ms, 95 % within this run" }),
  ]);
  return { svg, table, says };
}

/** How far beneath the top the middle of each cell's row is. */
function placesOf(groups: readonly (readonly SiteCell[])[], top: number, headed: boolean) {
  const places = new Map<SiteCell, number>();
  let y = top;
  for (const group of groups) {
    if (headed) y += HEADING;
    for (const cell of group) {
      places.set(cell, y + ROW / 2);
      y += ROW;
    }
  }
  return places;
}

function heading(
  pen: Pen,
  [first]: readonly SiteCell[],
  places: ReadonlyMap<SiteCell, number>,
): SVGElement | undefined {
  if (!first) return undefined;
  const y = (places.get(first) ?? 0) - ROW / 2 - 8;
  return pen("text", { x: 0, y, "font-weight": 600 }, [modelName(first)]);
}

interface RowPlace {
  readonly area: Area;
  readonly scale: Scale;
  /** How wide a name may be, in pixels. */
  readonly names: number;
  readonly figure: string;
  readonly ties: string | undefined;
}

/** Its key, its rank and its figure at the edges; the datum is on the scale, or at the scale's end where there is none. */
function row(pen: Pen, cell: SiteCell, y: number, place: RowPlace): SVGElement {
  const { area, scale, names, figure, ties } = place;
  const mark = markOf(cell.backend);
  const figured = isFigured(cell);
  const x = figured ? scale.place(cell.ms) : area.left + 8;
  const inks = { dy: "0.35em", fill: competes(cell) ? "var(--ink)" : "var(--ink-2)" };
  return pen("g", { "data-datum": cell.id, "data-ties": ties, transform: at(x, y) }, [
    pen("text", { x: RANK - 8 - x, "text-anchor": "end", ...inks }, [rankText(cell.rank)]),
    pen("g", { transform: at(RANK - x, -8) }, keyMarks(pen, mark, standingOf(cell))),
    pen("text", { x: RANK + KEY - x, ...inks }, [shortened(rowName(cell), names)]),
    pen("text", { x: area.right + FIGURE - x, "text-anchor": "end", ...inks }, [figure]),
    ...(figured
      ? [intervalRule(pen, mark, cell.ci95, scale, x, "horizontal"), ...shapeOf(pen, mark, standingOf(cell))]
      : [
          ...noFigureMark(pen, cell, false),
          pen("text", { x: 22, dy: "0.35em", fill: "var(--ink-2)" }, [
            shortened(statusText(cell), area.right - x - 22),
          ]),
        ]),
  ]);
}

function tableOf(cells: readonly SiteCell[]): ChartTable {
  return {
    caption: "Ranks, as far as ratios within this run tell them apart",
    head: ["model", "backend", "rank", "median ms", "95 % within this run", "status"],
    rows: cells.map((cell) => [
      modelName(cell),
      rowName(cell),
      rankText(cell.rank),
      isFigured(cell) ? significant(cell.ms) : "",
      isFigured(cell) ? rangeText(cell.ci95) : "",
      statusText(cell),
    ]),
  };
}

/** A sentence for each model: who may be first, and how many have no figure. */
function wordsOf(groups: readonly (readonly SiteCell[])[]): string {
  return groups.length === 0 ? "No cell to show." : groups.map(groupWords).join(" ");
}

function groupWords(cells: readonly SiteCell[]): string {
  const [first] = cells;
  if (!first) return "";
  const model = modelName(first);
  const leaders = cells.filter(({ rank }) => rank?.[0] === 1);
  const counts = countsWithoutFigure(cells);
  const without = counts.length > 0 ? `; without a figure: ${counts.join(", ")}` : "";
  const of = howMany(cells.length, "cell");
  if (leaders.length === 0) return `${model}: of ${of} none is ranked${without}.`;
  const names = leaders.map(rowName).join(" and ");
  const verb = leaders.length === 1 ? "is first" : "share the first rank";
  return `${model}: of ${of} ${names} ${verb}${without}.`;
}
