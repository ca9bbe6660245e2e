import { layerRows, rooflineOf, type OkCell } from "@mobilenet-bench/results";
import { blockDistribution } from "../../src/charts/block-distribution.ts";
import { blocksInTime } from "../../src/charts/blocks-in-time.ts";
import type { Chart, Frame } from "../../src/charts/chart.ts";
import { coldStart } from "../../src/charts/cold-start.ts";
import { latencyAgainstMultAdds } from "../../src/charts/latency-against-mult-adds.ts";
import { layerBars } from "../../src/charts/layer-bars.ts";
import { rankIntervals } from "../../src/charts/rank-intervals.ts";
import { roofline } from "../../src/charts/roofline.ts";
import type { CellFigure } from "../../src/pages/cell-data.ts";
import { shownFits } from "../../src/parts/fits-table.tsx";
import type { RunData } from "./run-data.ts";

/** A cell with a figure, and the machine that it is of. */
export interface OkFigure extends Pick<CellFigure, "environment"> {
  readonly cell: OkCell;
}

/** Charts of all cells that are shown, by the names that the command line has for them. */
export const RUN_CHARTS = {
  "latency-against-mult-adds": ({ latest }, frame) => {
    const { cells, fits, machine } = latest;
    const { peak } = machine;
    const lines = shownFits({ fits, cells });
    return latencyAgainstMultAdds({ cells, lines, ...(peak && { peak }) }, frame);
  },
  "rank-intervals": ({ latest: { cells } }, frame) => rankIntervals({ cells }, frame),
  "cold-start": ({ latest: { cells } }, frame) => coldStart({ cells }, frame),
} as const satisfies Readonly<Record<string, (data: RunData, frame: Frame) => Chart>>;

/** Charts of one cell, likewise. */
export const CELL_CHARTS = {
  "blocks-in-time": ({ cell }, frame) => blocksInTime({ cell }, frame),
  "block-distribution": ({ cell }, frame) => blockDistribution({ cell }, frame),
  "layer-bars": ({ cell, environment }, frame) =>
    layerBars({ cell, layers: layerRows(cell, environment) }, frame),
  roofline: ({ cell, environment }, frame) => roofline({ ...rooflineOf(cell, environment), cell }, frame),
} as const satisfies Readonly<Record<string, (figure: OkFigure, frame: Frame) => Chart>>;

/** The name of a chart of all cells. */
export type RunChart = keyof typeof RUN_CHARTS;
/** The name of a chart of one cell. */
export type CellChart = keyof typeof CELL_CHARTS;
/** Every name, the usual one first. */
export const CHART_NAMES: readonly (RunChart | CellChart)[] = [
  ...Object.keys(RUN_CHARTS).filter(isRunChart),
  ...Object.keys(CELL_CHARTS).filter(isCellChart),
];

/** Whether it is of all cells. */
export function isRunChart(name: string): name is RunChart {
  return Object.hasOwn(RUN_CHARTS, name);
}

/** Whether it is of one cell. */
export function isCellChart(name: string): name is CellChart {
  return Object.hasOwn(CELL_CHARTS, name);
}

/** The cells that have figures. */
export function okFigures({ cells }: RunData): OkFigure[] {
  return cells.flatMap(({ cell, environment }) => (cell.status === "ok" ? [{ cell, environment }] : []));
}
