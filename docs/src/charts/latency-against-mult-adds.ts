import { millions, rankText, significant, type Denominator, type Fit } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { labelWidth } from "./end-labels.ts";
import { facetsOf, type Facet } from "./latency-facets.ts";
import {
  drawPanel,
  drawPanelData,
  rowsOf,
  shownOf,
  stripHeight,
  type LatencyPanel,
} from "./latency-panel.ts";
import { latencyWords } from "./latency-words.ts";
import { floorMs, peakOf } from "./peak-floor.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type ScaleKind } from "./scale.ts";
import { isFigured, modelName, rangeText, rowName, sortSiteCells, statusText } from "./site-cells.ts";
import { penOf } from "../drawing/svg.ts";
import { tiesOf } from "./ties.ts";

/** What the overview shows. */
interface LatencyAgainstMultAdds {
  /** Of one machine: no axis holds two. */
  readonly cells: readonly SiteCell[];
  /** Through the cells that compete; those of rows that are not shown are not drawn. */
  readonly lines?: readonly Fit[];
  /** Of one thread; absent where it is unknown. */
  readonly peak?: Denominator;
  /** Of both axes; logarithmic where none is named. */
  readonly scale?: ScaleKind;
  /** Ids of cells that the run before had and this one has not: they stand among those without a figure. */
  readonly vanished?: ReadonlySet<string>;
}

/** Between two plots, in pixels. */
const GAP = 32;
const LEFT = 44;
const BOTTOM = 44;
const PHONE_LABELS = 12;
/** Between which an empty plot has its axis: about those of the family. */
const USUAL_MULT_ADDS = [1e7, 1e9] as const;
/** From here on two plots stand beside each other. */
const TWO_COLUMNS = 860;

/**
 * Median milliseconds of one inference over mult-adds: a mark for each cell, a line for each row of them, a plot for each target
 * with its options, all on the same scales.
 */
export function latencyAgainstMultAdds(data: LatencyAgainstMultAdds, frame: Frame): Chart {
  const { vanished = new Set<string>(), lines = [] } = data;
  const pen = penOf(frame.document);
  const sorted = sortSiteCells(data.cells);
  const facets = facetsOf(sorted);
  const cells = facets.flatMap((facet) => facet.cells);
  const { panels, height } = panelsOf(data, facets, frame);
  const table = tableOf(cells, vanished);
  const says = latencyWords(sorted, lines, vanished);
  const svg = rootOf(frame, height, { table, says }, [
    ...panels.map((panel) => drawPanel(pen, panel)),
    pen(
      "g",
      { class: "data" },
      panels.flatMap((panel) => drawPanelData(pen, panel)),
    ),
  ]);
  return { svg, table, says };
}

/** Where each plot stands: two beside each other where there is room, and all of one size. */
function panelsOf(
  data: LatencyAgainstMultAdds,
  facets: readonly Facet[],
  frame: Frame,
): { readonly panels: readonly LatencyPanel[]; readonly height: number } {
  const { cells, lines = [], scale: kind = "log", vanished = new Set<string>() } = data;
  const wide = isWide(frame);
  const named = facets.length > 1;
  const columns = frame.width >= TWO_COLUMNS && named ? 2 : 1;
  const width = (frame.width - GAP * (columns - 1)) / columns;
  const rows = facets.map((facet) => rowsOf(shownOf(facet.cells, vanished), lines, named));
  const labels = wide ? Math.max(...rows.map((one) => labelWidth(one, !named))) : PHONE_LABELS;
  const strip = Math.max(...facets.map((facet) => stripHeight(facet, vanished)));
  const above = (named ? 24 : 0) + (strip > 0 ? 20 + strip : 0) + 30;
  const plot = plotHeight(wide, named);
  const multAdds = cells.length === 0 ? USUAL_MULT_ADDS : cells.map((cell) => cell.multAdds);
  const ties = tiesOf(cells);
  const peaks = facets.map((facet) => peakOf(data.peak, facet.cells));
  const panels = facets.map((facet, i) => {
    const from = (i % columns) * (width + GAP);
    const top = Math.floor(i / columns) * (above + plot + BOTTOM);
    const area = {
      left: from + LEFT,
      top: top + above,
      right: from + width - labels,
      bottom: top + above + plot,
    };
    const x = scaleOf({
      kind,
      values: multAdds,
      range: [area.left, area.right],
      ticks: Math.max(3, Math.floor((area.right - area.left) / 60)),
    });
    const floor = peaks.flatMap((one) => (one ? x.domain.map((value) => floorMs(one, value)) : []));
    const peak = peaks[i];
    const y = scaleOf({
      kind,
      values: [...shownOf(cells, vanished).flatMap(({ ms, ci95 }) => [ms, ...(ci95 ?? [])]), ...floor],
      range: [area.bottom, area.top],
      ticks: 8,
    });
    const to = from + width;
    return {
      facet,
      named,
      area,
      from,
      to,
      top,
      x,
      y,
      lines,
      vanished,
      ties,
      labelled: wide,
      ...(peak && { peak }),
    };
  });
  return { panels, height: Math.ceil(facets.length / columns) * (above + plot + BOTTOM) };
}

/** Lower where there are several. */
function plotHeight(wide: boolean, named: boolean): number {
  if (named) return 280;
  return wide ? 406 : 326;
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
