import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { duration, type CalibrationLine } from "@mobilenet-bench/results";
import { readCalibration } from "@mobilenet-bench/results/store";
import { recordCalibration } from "../calibrate/calibrate.ts";
import { reportOfCalibration, seriesName } from "../calibrate/report/calibration-report.ts";
import { renderCalibrationMarkdown } from "../calibrate/report/calibration-markdown.ts";
import { renderCalibrationText } from "../calibrate/report/calibration-text.ts";
import { figuresOf, writeReport } from "../calibrate/report/write-report.ts";
import {
  DEFAULT_CELLS,
  resumeCalibration,
  startCalibration,
  type OpenCalibration,
} from "../calibrate/start-calibration.ts";
import { timeToGo } from "../calibrate/time-to-go.ts";
import { describeBusy } from "../environment/busy.ts";
import { calibrationsFolder } from "../folders.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { probeOutput } from "../probe-output.ts";
import type { Failure } from "../target/failure.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import { addBrowserOptions, browserFlagsOf, count, targetsOf, wholeNumber } from "./options.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson } from "./output.ts";
import { startProgress } from "./progress.ts";

const FORMATS = ["table", "markdown", "json"] as const;
type Format = (typeof FORMATS)[number];

interface CalibrateOptions extends BrowserFlags, FormatOptions<Format> {
  readonly slowDowns: readonly number[];
  readonly pairs: number;
  readonly seed: number;
  readonly besideLoad?: boolean;
  readonly output?: string;
  readonly resume?: string | true;
  readonly from?: string;
}

export function calibrateCommand(): Command {
  return addFormats(addBrowserOptions(new Command("calibrate")), FORMATS)
    .description(
      "How often verdicts are right on this machine: false alarms between equal sides, and slow-downs of known size found.",
    )
    .argument("[cell...]", `cell ids (without any: ${DEFAULT_CELLS.join(" and ")})`)
    .addOption(
      new Option("--slow-downs <percents>", "comma-separated; equal sides are always among them")
        .argParser(percents)
        .default([0.03, 0.05], "3,5"),
    )
    .option("--pairs <number>", "to record of each cell with each slow-down", count, 240)
    .option("--seed <number>", "of weights, input, roles and orders", wholeNumber, 1)
    .option("--beside-load", "keep one core busy all the time, and say so in the data")
    .option("--output <folder>", "where pairs, report and plots go (.mnb/calibrations without this)")
    .option("--resume [id]", "go on with an interrupted calibration: the last one, or that of the id")
    .option("--from <file>", "record nothing: the report of pairs that were recorded before")
    .addHelpText(
      "after",
      helpNotes(
        "Every pair is kept as soon as it is recorded: Ctrl-C, a kill or a power cut costs the pair at hand alone. Exit status 1 where a cell failed. What was found and what was not changes no status: that is the result.",
      ),
    )
    .action(async (cells: string[], options: CalibrateOptions, command: Command) => {
      if (options.from !== undefined) return showRecorded(options.from, cells, options, command);
      const output = options.output === undefined ? undefined : resolve(options.output);
      await probeOutput(calibrationsFolder(), "folder");
      if (output !== undefined) await probeOutput(output, "folder");
      const open =
        options.resume === undefined
          ? await start(cells, options, output ?? calibrationsFolder())
          : await resume(options.resume, cells, command);
      await recordAndReport(open, output ?? open.folder.start.output, options.format);
    });
}

/** What changes nothing of what is recorded. */
const WITH_RESUME: readonly (keyof CalibrateOptions)[] = ["resume", "output", "format", "json"];
const WITH_FROM: readonly (keyof CalibrateOptions)[] = ["from", "output", "format", "json"];

function refuseOthers(command: Command, cells: readonly string[], allowed: readonly string[], why: string) {
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => !allowed.includes(option.attributeName()))
    .map(({ long }) => long);
  const refused = [...(cells.length > 0 ? ["the cells"] : []), ...given];
  if (refused.length > 0) throw new UsageError(`${why} Leave ${refused.join(", ")} out.`);
}

async function showRecorded(
  file: string,
  cells: readonly string[],
  { format, output }: CalibrateOptions,
  command: Command,
): Promise<void> {
  refuseOthers(command, cells, WITH_FROM, "--from reports on all that its file holds.");
  const report = reportOfCalibration(await readCalibration(file));
  if (output !== undefined) note(`Report: ${await writeReport(resolve(output), report)}`);
  show(report, format);
}

async function resume(
  id: string | true,
  cells: readonly string[],
  command: Command,
): Promise<OpenCalibration> {
  refuseOthers(command, cells, WITH_RESUME, "--resume takes up what its calibration began with.");
  return resumeCalibration(id === true ? "last" : id, note);
}

async function start(
  ids: readonly string[],
  options: CalibrateOptions,
  output: string,
): Promise<OpenCalibration> {
  const names = { cells: ids.length > 0 ? ids : DEFAULT_CELLS, ...browserFlagsOf(options) };
  const { filters, known } = await resolveNames(names, targetsOf(options));
  const { cells } = await makePlan(filters, known);
  return startCalibration(cells, {
    seed: options.seed,
    slowDowns: [...new Set([0, ...options.slowDowns])],
    pairs: options.pairs,
    besideLoad: options.besideLoad ?? false,
    browser: browserFlagsOf(options),
    output,
  });
}

async function recordAndReport(open: OpenCalibration, output: string, format: Format): Promise<void> {
  const { folder, part } = open;
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  let failures: ReadonlyMap<string, Failure>;
  try {
    failures = await recordWithProgress(open, interrupt.signal);
  } finally {
    release();
    await part.end();
  }
  const again = `mnb calibrate --resume ${folder.start.id}`;
  if (interrupt.signal.aborted) {
    note(`Interrupted. Recorded pairs are kept; go on with: ${again}`);
    process.exitCode = EXIT.interrupted;
    return;
  }
  const path = await folder.publish(output);
  note("Judging what was recorded.");
  const report = reportOfCalibration(await readCalibration(path));
  show(report, format);
  note(`Recorded pairs: ${path}`);
  note(`Report: ${await writeReport(output, report)}`);
  if (failures.size === 0) return folder.remove();
  note(`${failures.size} of ${folder.start.cells.length} cells failed. Try them again: ${again}`);
  process.exitCode = EXIT.wrong;
}

async function recordWithProgress({ folder, part }: OpenCalibration, signal: AbortSignal) {
  const { start } = folder;
  const lines: CalibrationLine[] = [...(await folder.lines())];
  const total = start.cells.length * start.slowDowns.length * start.pairs;
  const busy = await describeBusy();
  if (busy !== undefined) note(busy);
  note(
    `Recording ${total - lines.length} pairs${lines.length > 0 ? ` (${lines.length} are recorded)` : ""}, about ${duration(timeToGo(start, lines))}.`,
  );
  const progress = startProgress(total - lines.length);
  try {
    return await recordCalibration(folder, part, {
      signal,
      targets: () => targetsOf(start.browser),
      onPair: (line) => {
        lines.push(line);
        progress.step(seriesName(line));
      },
      onStretch: (stretch) =>
        progress.log(
          `[${lines.length}/${total}] ${seriesName(stretch)}  ${stretch.to} pairs, about ${duration(timeToGo(start, lines))} to go`,
        ),
      onFailure: (cell, { status, reason, remedy }) =>
        progress.log(`! ${cell}: ${status}. ${reason} ${remedy ?? ""}`.trimEnd()),
    });
  } finally {
    progress.stop();
  }
}

function show(report: ReturnType<typeof reportOfCalibration>, format: Format): void {
  const { start } = report.calibration;
  switch (format) {
    case "table":
      return print(`\n${renderCalibrationText(report)}\n`);
    case "markdown":
      return print(renderCalibrationMarkdown(report, figuresOf(start.id)));
    case "json":
      return printJson({ start, splits: report.splits, series: report.series });
  }
}

/** Comma-separated per cents, as shares. @throws InvalidArgumentError where one is none */
function percents(text: string): readonly number[] {
  return text.split(",").map((part) => {
    const value = Number(part.trim().replace(/\s*%$/, ""));
    if (part.trim() === "" || !(value > 0 && value <= 1000))
      throw new InvalidArgumentError("Give per cents above 0, separated by commas, such as 3,5.");
    return value / 100;
  });
}
