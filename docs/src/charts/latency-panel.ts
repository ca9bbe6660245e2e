import { rowId, type Fit } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import { markOf, shapeOf } from "../marks/index.ts";
import { emptyNote, xAxis, yAxis, type Area } from "./axes.ts";
import { endLabels, type Row } from "./end-labels.ts";
import { fitLine } from "./fit-lines.ts";
import { intervalRule } from "./interval-rule.ts";
import type { Facet } from "./latency-facets.ts";
import { noFigureMark, noFigureStrip, noFigureTitle } from "./no-figure-strip.ts";
import { peakFloor, type MachinePeak } from "./peak-floor.ts";
import { tickText, type Scale } from "./scale.ts";
import { isFigured, rowName, standingOf, type Figured } from "./site-cells.ts";
import { at, type Pen } from "../drawing/svg.ts";

/** One plot of the overview, and what it shares with the others. */
export interface LatencyPanel {
  readonly facet: Facet;
  /** Where other plots stand beside it, it has a name, and its rows are named by their backends alone. */
  readonly named: boolean;
  readonly area: Area;
  /** The edges of all that belongs to it. */
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly lines: readonly Fit[];
  readonly peak?: MachinePeak;
  readonly vanished: ReadonlySet<string>;
  readonly ties: ReadonlyMap<string, readonly string[]>;
  /** Whether rows are named at their ends. */
  readonly labelled: boolean;
}

/** The least height that the cells without a figure of a facet need above its plot. */
export function stripHeight({ cells }: Facet, vanished: ReadonlySet<string>): number {
  return noFigureStrip(missingOf(cells, vanished)).height;
}

/** A plot without its data, which stand above all plots: see {@link drawPanelData}. */
export function drawPanel(pen: Pen, panel: LatencyPanel): SVGElement {
  const { facet, named, area, from, to, top, x, y, lines, peak, vanished, labelled } = panel;
  const rows = rowsOf(shownOf(facet.cells, vanished), lines, named);
  const missing = missingOf(facet.cells, vanished);
  return pen("g", { class: "panel" }, [
    peak && peakFloor(pen, area, x, y, peak),
    named ? pen("text", { x: from, y: top + 14, "font-weight": 600 }, [facet.name]) : undefined,
    missing.length > 0 ? noFigureTitle(pen, from, top + (named ? 24 : 0), missing.length) : undefined,
    yAxis(pen, area, { scale: y, title: "ms", titleFrom: from }),
    xAxis(pen, area, { scale: x, title: "M mult-adds", tick: (value) => tickText(value / 1e6) }),
    pen(
      "g",
      { class: "fits" },
      rows.map(({ fit, cells }) => fit && fitLine(pen, fit, cells, x, y)),
    ),
    labelled
      ? endLabels(pen, rows, {
          area,
          edge: to,
          // Where plots stand beside each other they need the room; the table of lines has the slopes.
          slopes: !named,
          placeOf: (cell) => ({ x: x.place(cell.multAdds), y: y.place(cell.ms) }),
        })
      : undefined,
    facet.cells.length === 0 ? emptyNote(pen, area, "No cell to show.") : undefined,
  ]);
}

/** The marks of a plot, in the order of its cells. */
export function drawPanelData(pen: Pen, panel: LatencyPanel): SVGElement[] {
  const { facet, named, top, x, y, vanished, ties } = panel;
  const strip = noFigureStrip(missingOf(facet.cells, vanished));
  const stripTop = top + (named ? 24 : 0) + 20;
  return facet.cells.map((cell) => {
    const shown = isFigured(cell) && !vanished.has(cell.id) ? y.place(cell.ms) : undefined;
    const place = shown ?? stripTop + strip.placeOf(cell);
    return pen(
      "g",
      {
        "data-datum": cell.id,
        "data-ties": ties.get(cell.id)?.join(" "),
        transform: at(x.place(cell.multAdds), place),
      },
      shown === undefined
        ? noFigureMark(pen, cell, vanished.has(cell.id))
        : [
            intervalRule(pen, markOf(cell.backend), cell.ci95, y, shown, "vertical"),
            ...shapeOf(pen, markOf(cell.backend), standingOf(cell)),
          ],
    );
  });
}

/** Those that have a place in the plot. */
export function shownOf(cells: readonly SiteCell[], vanished: ReadonlySet<string>): Figured[] {
  return cells.filter(isFigured).filter(({ id }) => !vanished.has(id));
}

function missingOf(cells: readonly SiteCell[], vanished: ReadonlySet<string>): SiteCell[] {
  return cells.filter((cell) => !isFigured(cell) || vanished.has(cell.id));
}

/**
 * Cells by row, the slowest row first: so lines and names come in the order in which they stand. What does not compete is named
 * as what it is, and has no line.
 */
export function rowsOf(shown: readonly Figured[], lines: readonly Fit[], named: boolean): Row[] {
  const groups = Map.groupBy(shown, (cell) => `${standingOf(cell)} ${rowId(cell)}`);
  const rows = [...groups.values()].flatMap((cells) => {
    const [first] = cells;
    if (!first) return [];
    const standing = standingOf(first);
    const name = named ? first.backend : rowName(first);
    if (standing !== "competes") return [{ name: `${name}, ${standing}`, cells }];
    const fit = lines.find((line) => line.backend === rowId(first) && !line.software);
    return [{ name, cells, ...(fit && { fit }) }];
  });
  return rows.toSorted((a, b) => (b.cells[0]?.ms ?? 0) - (a.cells[0]?.ms ?? 0));
}
