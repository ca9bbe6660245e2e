import { Command, InvalidArgumentError } from "commander";
import { choose, parseLatencyMs, parseSizeBytes, type Budget, type Run } from "@mobilenet-bench/results";
import { allRuns, findRun, readRun } from "@mobilenet-bench/results/store";
import { renderChoiceCsv } from "../choose/choice-csv.ts";
import { renderChoiceJson } from "../choose/choice-json.ts";
import { renderChoiceMarkdown } from "../choose/choice-markdown.ts";
import type { ChoiceReport } from "../choose/choice-report.ts";
import { renderChoiceText } from "../choose/choice-text.ts";
import { storedCells } from "../choose/stored-cells.ts";
import { publishedFolder, runsFolder } from "../folders.ts";
import { chosenOnAxes, fitsAxes, type AxisFilters } from "../plan/axes.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { noCellFits } from "../plan/no-cell-fits.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { addFormats, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import { addBackendFilters, commaSeparated } from "./options.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, terminal } from "./output.ts";

interface ChooseOptions extends FormatOptions<RunFormat>, ChosenOptions, AxisFilters {
  readonly budget?: number;
  readonly size?: number;
  readonly machine?: string;
}

export function chooseCommand(): Command {
  const command = new Command("choose")
    .description("The most accurate model, and the backend to run it on, within a latency or a size.")
    .argument("[run...]", "run files, ids or latest; without any, all stored runs")
    .option("--budget <time>", "that an inference may take, by the interval's upper end: 20ms, 0.5s", latency)
    .option("--size <bytes>", "that the weights may take: 5MB, 500kB", size)
    .option("--machine <id>", "whose figures count (without this, that of the newest run)")
    .option("--model <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .addHelpText("after", helpNotes("Exit status 1 where nothing fits: the nearest is told."));
  return addFormats(addBackendFilters(command), RUN_FORMATS).action(
    async (names: string[], options: ChooseOptions) => {
      const budget = budgetOf(options);
      const onAxes = chosenOnAxes(options);
      const isChosen = chosenCells([], options);
      const from = storedCells(await runsNamed(names), options.machine);
      const cells = from.cells.filter((cell) => isChosen(cell) && fitsAxes(cell.options, onAxes));
      if (cells.length === 0) throw noCellFits(`machine ${from.machine}`, from.cells);
      const choice = choose(cells, budget);
      print(render({ choice, from, filteredOut: from.cells.length - cells.length }, options.format));
      if (!choice.best) process.exitCode = EXIT.wrong;
    },
  );
}

function render(report: ChoiceReport, format: ChooseOptions["format"]): string {
  switch (format) {
    case "table":
      return `\n${renderChoiceText(report, terminal())}\n`;
    case "markdown":
      return renderChoiceMarkdown(report);
    case "csv":
      return renderChoiceCsv(report);
    case "json":
      return renderChoiceJson(report);
  }
}

/** @throws UsageError where nothing is limited */
function budgetOf({ budget: latencyMs, size: sizeBytes }: ChooseOptions): Budget {
  if (latencyMs === undefined && sizeBytes === undefined)
    throw new UsageError("Nothing limits the choice. Give --budget 20ms, --size 5MB, or both.");
  return { ...(latencyMs !== undefined && { latencyMs }), ...(sizeBytes !== undefined && { sizeBytes }) };
}

async function runsNamed(names: readonly string[]): Promise<Run[]> {
  const folders = [runsFolder(), publishedFolder()] as const;
  const runs = new Map<string, Run>();
  if (names.length === 0)
    for await (const run of allRuns(folders, ({ message }) => note(message))) runs.set(run.id, run);
  for (const name of names) {
    const run = await readRun(await findRun(name, folders));
    runs.set(run.id, run);
  }
  return [...runs.values()];
}

function latency(text: string): number {
  const ms = parseLatencyMs(text);
  if (ms === undefined)
    throw new InvalidArgumentError("Give a time above 0 with its unit, such as 20ms or 0.5s.");
  return ms;
}

function size(text: string): number {
  const bytes = parseSizeBytes(text);
  if (bytes === undefined)
    throw new InvalidArgumentError("Give a size above 0 with its unit, such as 5MB or 500kB.");
  return bytes;
}
