import { basename } from "node:path";
import { Command, Option } from "commander";
import { writeWhole } from "@mobilenet-bench/files";
import type { CellChart, ReportedRun, RunChart } from "@mobilenet-bench/docs/build";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import type { AxisFilters } from "../plan/axes.ts";
import type { ChosenOptions } from "../plan/chosen-cells.ts";
import { probeOutput } from "../probe-output.ts";
import { pictureOf } from "../share/picture-of.ts";
import { reportedRuns } from "../share/reported-runs.ts";
import { browserOptionsOf, type BrowserOptions } from "../target/browser/browser-options.ts";
import { asUsage, UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { addBackendFilters, commaSeparated, count } from "./options.ts";
import { print, printJson } from "./output.ts";

type ChartName = RunChart | CellChart;

/** Every chart; those that draw them are loaded when one is drawn. */
const CHARTS: Readonly<Record<ChartName, true>> = {
  "latency-against-mult-adds": true,
  "rank-intervals": true,
  "cold-start": true,
  "blocks-in-time": true,
  "block-distribution": true,
  "layer-bars": true,
  roofline: true,
};
const USUAL: ChartName = "latency-against-mult-adds";

interface ReportOptions extends FormatOptions, ChosenOptions, AxisFilters {
  readonly output?: string;
  readonly svg?: string;
  readonly png?: string;
  readonly chart: ChartName;
  readonly width: number;
  readonly dark: boolean;
  readonly browserPath?: string;
}

export function reportCommand(): Command {
  const command = new Command("report")
    .description("One file of HTML of one or more runs, with all charts and tables; a chart as SVG or PNG.")
    .argument("[run...]", "run files, ids or unique beginnings of them, or latest (latest without any)")
    .option("--output <file>", "the HTML (beside --svg and --png only where it is named)")
    .option("--svg <file>", "a chart as SVG")
    .option("--png <file>", "the same as PNG, painted by Chrome, two pixels for each of CSS")
    .addOption(
      new Option("--chart <name>", "which chart; those of blocks and layers are of one cell")
        .choices(Object.keys(CHARTS))
        .default(USUAL),
    )
    .option("--width <pixels>", "of the chart, in CSS pixels", count, 960)
    .option("--dark", "the chart in light colours on dark", false)
    .option("--browser-path <file>", "the browser that paints the PNG, instead of the one that is found")
    .option("--model <names>", "only these: comma-separated, globs allowed", commaSeparated);
  return addFormats(addBackendFilters(command)).action(async (names: string[], options: ReportOptions) => {
    const { svg, png } = options;
    for (const path of [options.output, svg, png]) if (path !== undefined) await probeOutput(path, "file");
    const runs = await reportedRuns(names.length === 0 ? ["latest"] : names, options);
    const isChart = svg !== undefined || png !== undefined;
    const html = options.output ?? (isChart ? undefined : usualName(runs));
    if (isChart) await writeChart(runs, options);
    if (html !== undefined) {
      if (options.output === undefined) await probeOutput(html, "file");
      const { renderReport, SiteError } = await import("@mobilenet-bench/docs/build");
      const builtAt = new Date().toISOString();
      await writeWhole(html, await renderReport(runs, { builtAt }).catch(asUsage(SiteError)));
    }
    const files = [html, svg, png].filter((path) => path !== undefined);
    if (options.json) printJson({ files });
    else print(files.map(terminalLine).join("\n"));
  });
}

/** @throws UsageError where there are several runs, or the chart is of one cell and there are several */
async function writeChart(runs: readonly ReportedRun[], options: ReportOptions): Promise<void> {
  const { chart, width, dark, svg, png } = options;
  const [run] = runs;
  if (!run || runs.length > 1)
    throw new UsageError("A chart is of one run: figures of several have no axis in common. Name one.");
  const { chartFile, SiteError } = await import("@mobilenet-bench/docs/build");
  const scheme = dark ? "dark" : "light";
  const drawing = await chartFile(run, { chart, width, scheme }).catch(asUsage(SiteError));
  if (svg !== undefined) await writeWhole(svg, drawing.svg);
  if (png !== undefined) await writeWhole(png, await pictureOf(drawing, browserOf(options)));
}

/** What flags leave open, the environment says; a window would show nothing. */
function browserOf({ browserPath }: ReportOptions): BrowserOptions {
  return {
    ...browserOptionsOf(process.env),
    ...(browserPath !== undefined && { path: browserPath }),
    headed: false,
  };
}

/** In the working folder, after the first run. */
function usualName([first]: readonly ReportedRun[]): string {
  return `mobilenet-bench-${basename(first?.file ?? "report", ".json")}.html`;
}
