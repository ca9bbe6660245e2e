import { millions, rankText, rowId, significant, type Fit } from "@mobilenet-bench/results";
import { competes, type SiteCell } from "../data/site-cell.ts";
import { markOf, shapeOf } from "../marks/index.ts";
import { emptyNote, xAxis, yAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { endLabels, labelWidth, type Row } from "./end-labels.ts";
import { fitLine } from "./fit-lines.ts";
import { intervalRule } from "./interval-rule.ts";
import { latencyWords } from "./latency-words.ts";
import { noFigureMark, noFigureStrip, noFigureTitle } from "./no-figure-strip.ts";
import { floorMs, peakFloor, type MachinePeak } from "./peak-floor.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, tickText, type Scale, type ScaleKind } from "./scale.ts";
import {
  isFigured,
  modelName,
  rangeText,
  rowName,
  sortSiteCells,
  standingOf,
  statusText,
  type Figured,
} from "./site-cells.ts";
import { at, penOf, type Pen } from "./svg.ts";

/** What the overview shows. */
export interface LatencyAgainstMultAdds {
  /** Of one machine: no axis holds two. */
  readonly cells: readonly SiteCell[];
  /** Through the cells that compete; those of rows that are not shown are not drawn. */
  readonly lines?: readonly Fit[];
  /** Absent where no processor computes, or its peak is unknown. */
  readonly peak?: MachinePeak;
  /** Of both axes; logarithmic where none is named. */
  readonly scale?: ScaleKind;
  /** Ids of cells that the run before had and this one has not: they stand among those without a figure. */
  readonly vanished?: ReadonlySet<string>;
}

/** Median milliseconds of one inference over mult-adds: a mark for each cell, a line for each row of them. */
export function latencyAgainstMultAdds(data: LatencyAgainstMultAdds, frame: Frame): Chart {
  const { cells: given, peak, scale: kind = "log", vanished = new Set<string>() } = data;
  const pen = penOf(frame.document);
  const cells = sortSiteCells(given);
  const shown = cells.filter(isFigured).filter(({ id }) => !vanished.has(id));
  const missing = cells.filter((cell) => !isFigured(cell) || vanished.has(cell.id));
  const rows = rowsOf(shown, data.lines ?? []);
  const strip = noFigureStrip(missing);
  const labels = isWide(frame) ? labelWidth(rows) : 12;
  const stripTop = strip.height > 0 ? 20 : 0;
  const height = (isWide(frame) ? 480 : 400) + stripTop + strip.height;
  const area: Area = {
    left: 44,
    top: stripTop + strip.height + 30,
    right: frame.width - labels,
    bottom: height - 44,
  };
  const { x, y } = scales(cells, shown, area, kind, peak);
  const placeOf = (cell: SiteCell) => ({
    x: x.place(cell.multAdds),
    y: isFigured(cell) && !vanished.has(cell.id) ? y.place(cell.ms) : stripTop + strip.placeOf(cell),
  });
  const table = tableOf(cells, vanished);
  const says = latencyWords(cells, data.lines ?? [], vanished);
  const svg = rootOf(frame, height, { table, says }, [
    peak && peakFloor(pen, area, x, y, peak),
    missing.length > 0 ? noFigureTitle(pen, 0, missing.length) : undefined,
    yAxis(pen, area, { scale: y, title: "ms" }),
    xAxis(pen, area, { scale: x, title: "M mult-adds", tick: (value) => tickText(value / 1e6) }),
    pen(
      "g",
      { class: "fits" },
      rows.map(({ fit, cells: members }) => fit && fitLine(pen, fit, members, x, y)),
    ),
    isWide(frame) ? endLabels(pen, rows, area, frame.width, placeOf) : undefined,
    cells.length === 0 ? emptyNote(pen, area, "No cell to show.") : undefined,
    pen(
      "g",
      { class: "data" },
      cells.map((cell) => datum(pen, cell, placeOf(cell), y, vanished.has(cell.id))),
    ),
  ]);
  return { svg, table, says };
}

function datum(
  pen: Pen,
  cell: SiteCell,
  place: { readonly x: number; readonly y: number },
  y: Scale,
  vanished: boolean,
): SVGElement {
  return pen(
    "g",
    { "data-datum": cell.id, "data-row": rowId(cell), transform: at(place.x, place.y) },
    isFigured(cell) && !vanished
      ? [
          intervalRule(pen, markOf(cell.backend), cell.ci95, y, place.y, "vertical"),
          ...shapeOf(pen, markOf(cell.backend), standingOf(cell)),
        ]
      : noFigureMark(pen, cell, vanished),
  );
}

/** Both axes hold every mark with its interval, and the ends of the peak's line. */
function scales(
  cells: readonly SiteCell[],
  shown: readonly Figured[],
  area: Area,
  kind: ScaleKind,
  peak: MachinePeak | undefined,
) {
  const multAdds = cells.map((cell) => cell.multAdds);
  const width = area.right - area.left;
  const x = scaleOf({
    kind,
    values: multAdds,
    range: [area.left, area.right],
    ticks: Math.max(3, Math.floor(width / 60)),
  });
  const floor = peak && multAdds.length > 0 ? x.domain.map((value) => floorMs(peak, value)) : [];
  const y = scaleOf({
    kind,
    values: [...shown.flatMap(({ ms, ci95 }) => [ms, ...(ci95 ?? [])]), ...floor],
    range: [area.bottom, area.top],
    ticks: 8,
  });
  return { x, y };
}

/** Those that compete, by row, the slowest row first: so lines and names come in the order in which they stand. */
function rowsOf(shown: readonly Figured[], lines: readonly Fit[]): Row[] {
  const rows = [...Map.groupBy(shown.filter(competes), rowId)].map(([row, cells]) => {
    const fit = lines.find((line) => line.backend === row && !line.software);
    return { cells, ...(fit && { fit }) };
  });
  return rows.toSorted((a, b) => (b.cells[0]?.ms ?? 0) - (a.cells[0]?.ms ?? 0));
}

function tableOf(cells: readonly SiteCell[], vanished: ReadonlySet<string>): ChartTable {
  return {
    caption: "Latency of one inference against mult-adds",
    head: ["model", "M mult-adds", "backend", "rank", "median ms", "95 % within this run", "status"],
    rows: cells.map((cell) => [
      modelName(cell),
      millions(cell.multAdds),
      rowName(cell),
      rankText(cell.rank),
      isFigured(cell) ? significant(cell.ms) : "",
      isFigured(cell) ? rangeText(cell.ci95) : "",
      vanished.has(cell.id) ? "vanished: in the run before, not in this one" : statusText(cell),
    ]),
  };
}
