import type { Frame } from "../../src/charts/chart.ts";
import { SiteError } from "../site-error.ts";
import { CELL_CHARTS, okFigures, RUN_CHARTS, isRunChart, type CellChart, type RunChart } from "./charts.ts";
import { drawingFile, type ChartFile, type DrawingOptions } from "./drawing-file.ts";
import { runData, type ReportedRun, type RunData } from "./run-data.ts";

/** Which drawing, and how. */
export interface ChartFileOptions extends DrawingOptions {
  readonly chart: RunChart | CellChart;
}

/**
 * A chart of a run as a file of SVG: its colours in it, nothing fetched.
 * @throws SiteError where it would be too narrow, or the chart is of one cell, and not exactly one with a figure is shown
 */
export async function chartFile(
  reported: ReportedRun,
  { chart, ...options }: ChartFileOptions,
): Promise<ChartFile> {
  const data = await runData(reported);
  return drawingFile((frame) => drawn(chart, data, frame), options);
}

function drawn(chart: RunChart | CellChart, data: RunData, frame: Frame) {
  if (isRunChart(chart)) return RUN_CHARTS[chart](data, frame);
  const figures = okFigures(data);
  const [figure] = figures;
  if (figure && figures.length === 1) return CELL_CHARTS[chart](figure, frame);
  throw new SiteError(
    `${chart} is of one cell with a figure, and ${figures.length} are shown. Choose one by --model, --backend and --target.`,
  );
}
