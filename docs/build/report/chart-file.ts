import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "../../src/charts/chart.ts";
import { FILE_MARGIN } from "../../src/charts/root.ts";
import { withoutData } from "../../src/drawing/without-data.ts";
import { parseTokens, resolveColours, type Tokens } from "../../src/style/tokens.ts";
import { PACKAGE_FOLDER } from "../package-folder.ts";
import { SiteError } from "../site-error.ts";
import { CELL_CHARTS, okFigures, RUN_CHARTS, isRunChart, type CellChart, type RunChart } from "./charts.ts";
import { pageDocument } from "./page-document.ts";
import { runData, type ReportedRun, type RunData } from "./run-data.ts";

/** Which drawing, and how. */
export interface ChartFileOptions {
  readonly chart: RunChart | CellChart;
  /** In CSS pixels; letters keep their size at any. */
  readonly width: number;
  readonly scheme: keyof Tokens;
}

/** A drawing by itself. */
export interface ChartFile {
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** What it says, for whoever cannot see it where it is put. */
  readonly says: string;
}

/** In CSS pixels: less holds no plot beside its names. */
const LEAST_WIDTH = 320;
const TOKENS = join(PACKAGE_FOLDER, "src", "style", "tokens.css");

/**
 * A chart of a run as a file of SVG: its colours in it, nothing fetched.
 * @throws SiteError where it would be too narrow, or the chart is of one cell, and not exactly one with a figure is shown
 */
export async function chartFile(
  reported: ReportedRun,
  { chart, width, scheme }: ChartFileOptions,
): Promise<ChartFile> {
  if (width < LEAST_WIDTH)
    throw new SiteError(`A chart of ${width} pixels has no room for its plot. Give ${LEAST_WIDTH} at least.`);
  const data = await runData(reported);
  const frame = { document: pageDocument(), width: width - 2 * FILE_MARGIN, medium: "file" } as const;
  const { svg, says } = drawn(chart, data, frame);
  withoutData(svg);
  resolveColours(svg, parseTokens(await readFile(TOKENS, "utf8"))[scheme]);
  return { svg: `${svg.outerHTML}\n`, width, height: Number(svg.getAttribute("height")), says };
}

function drawn(chart: RunChart | CellChart, data: RunData, frame: Frame) {
  if (isRunChart(chart)) return RUN_CHARTS[chart](data, frame);
  const figures = okFigures(data);
  const [figure] = figures;
  if (figure && figures.length === 1) return CELL_CHARTS[chart](figure, frame);
  throw new SiteError(
    `${chart} is of one cell with a figure, and ${figures.length} are shown. Choose one by --model, --backend, --target and --threads.`,
  );
}
