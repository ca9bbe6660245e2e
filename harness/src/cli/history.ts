import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { writeWhole } from "@mobilenet-bench/files";
import { environmentChanges } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { readHistory } from "@mobilenet-bench/results/store";
import { historyCacheFolder, publishedFolder, runsFolder } from "../folders.ts";
import { renderHistoryCsv } from "../history/history-csv.ts";
import { renderHistoryJson } from "../history/history-json.ts";
import { renderHistoryMarkdown } from "../history/history-markdown.ts";
import { reportOfHistory, type HistoryReport } from "../history/history-report.ts";
import { renderHistoryText } from "../history/history-text.ts";
import { chosenOnAxes, fitsAxes, type AxisFilters } from "../plan/axes.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { probeOutput } from "../probe-output.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import { addBackendFilters, commaSeparated, count } from "./options.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson, terminal } from "./output.ts";

interface HistoryOptions extends FormatOptions<RunFormat>, ChosenOptions, AxisFilters {
  readonly runs?: string;
  readonly machine?: string;
  readonly since?: string;
  readonly svg?: string;
  readonly width: number;
  readonly dark: boolean;
}

export function historyCommand(): Command {
  const command = new Command("history")
    .description(
      "Figures over runs: what the machine did, where a cell changed level, and what else changed then.",
    )
    .argument("[cell...]", "cell ids: MODEL/BACKEND/TARGET?option=value&…")
    .option(
      "--runs <folder>",
      "of these run files, in place of those in .mnb/runs and those that are published",
    )
    .option("--machine <id>", "whose runs (without this, that of the newest one)")
    .option(
      "--since <day>",
      "show points from that day on, such as 2026-11-22; levels are told from all",
      day,
    )
    .option("--svg <file>", "the series of one cell as a drawing")
    .option("--width <pixels>", "of the drawing, in CSS pixels", count, 960)
    .option("--dark", "the drawing in light colours on dark", false)
    .option("--model <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .addHelpText(
      "after",
      helpNotes(
        "Figures of other days only nominate: whether a cell got slower, mnb compare tells, in pairs. So the exit status is 0 whatever is found.",
      ),
    );
  return addFormats(addBackendFilters(command), RUN_FORMATS).action(
    async (cells: string[], options: HistoryOptions) => {
      const { runs, machine, since, svg } = options;
      if (svg !== undefined) await probeOutput(svg, "file");
      const folders = runs === undefined ? [runsFolder(), publishedFolder()] : [resolve(runs)];
      const history = await readHistory(folders, {
        cache: historyCacheFolder(),
        onTrouble: ({ message }) => note(message),
      });
      const isNamed = chosenCells(cells, options);
      const onAxes = chosenOnAxes(options);
      const report = reportOfHistory(history, {
        isChosen: (cell) => isNamed(cell) && fitsAxes(cell.options, onAxes),
        ...(machine !== undefined && { machine }),
        ...(since !== undefined && { since }),
      });
      if (svg === undefined) return print(render(report, options.format));
      await drawSeries(report, svg, options);
      if (options.json) printJson({ files: [svg] });
      else print(terminalLine(svg));
    },
  );
}

function render(report: HistoryReport, format: RunFormat): string {
  switch (format) {
    case "table":
      return `\n${renderHistoryText(report, terminal())}\n`;
    case "markdown":
      return renderHistoryMarkdown(report);
    case "csv":
      return renderHistoryCsv(report);
    case "json":
      return renderHistoryJson(report);
  }
}

/** @throws UsageError where there is not exactly one series */
async function drawSeries(report: HistoryReport, svg: string, options: HistoryOptions): Promise<void> {
  const all = report.lines.flatMap(({ series }) => series);
  const [series] = all;
  if (!series || all.length > 1)
    throw new UsageError(
      `A drawing is of one series, and ${all.length} fit. Name one cell, or choose by --backend, --target and --model.`,
    );
  const { seriesFile, SiteError } = await import("@mobilenet-bench/docs/build");
  const { width, dark } = options;
  const drawing = await seriesFile(
    { series, environment: environmentChanges({ series: [series] }) },
    { width, scheme: dark ? "dark" : "light" },
  ).catch((error: unknown) => {
    if (error instanceof SiteError) throw new UsageError(error.message, { cause: error });
    throw error;
  });
  await writeWhole(svg, drawing.svg);
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("Give a day, such as 2026-11-22.");
  return text;
}
