import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "../../src/charts/chart.ts";
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

const TOKENS = join(PACKAGE_FOLDER, "src", "style", "tokens.css");

/**
 * A chart of a run as a file of SVG: its colours in it, nothing fetched.
 * @throws SiteError where the chart is of one cell, and not exactly one with a figure is shown
 */
export async function chartFile(
  reported: ReportedRun,
  { chart, width, scheme }: ChartFileOptions,
): Promise<ChartFile> {
  const data = await runData(reported);
  const { svg, says } = drawn(chart, data, { document: pageDocument(), width, medium: "file" });
  resolveColours(svg, parseTokens(await readFile(TOKENS, "utf8"))[scheme]);
  return { svg: `${svg.outerHTML}\n`, width, height: Number(svg.getAttribute("height")), says };
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
