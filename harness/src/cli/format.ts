import { Option, type Command } from "commander";
import type { Run } from "@mobilenet-bench/results";
import { renderCsv } from "../report/csv.ts";
import { renderJson } from "../report/json.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { reportOf, type ReportOptions } from "../report/report.ts";
import { renderTerminal } from "../report/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { terminal } from "./output.ts";

/** What {@link addFormats} leaves for the action: both always agree. */
export interface FormatOptions<Format extends string = "table" | "json"> {
  readonly format: Format;
  readonly json: boolean;
}

/** The forms that every command has; `table` is for people. */
const TABLE_AND_JSON = ["table", "json"] as const;
/** The forms of what has a row for each cell. */
export const RUN_FORMATS = ["table", "markdown", "csv", "json"] as const;
/** One of {@link RUN_FORMATS}. */
export type RunFormat = (typeof RUN_FORMATS)[number];

/** `--format` with the forms that the command has, and `--json` for the one that all have. */
export function addFormats(command: Command, formats: readonly string[] = TABLE_AND_JSON): Command {
  return command
    .addOption(
      new Option("--format <form>", "of the result on standard output").choices(formats).default("table"),
    )
    .option("--json", "the same as --format json", false)
    .hook("preAction", (_, called) => agree(called));
}

/** @throws UsageError where the two options contradict each other */
function agree(command: Command): void {
  const { format, json } = command.opts<FormatOptions<string>>();
  if (json && format !== "json" && command.getOptionValueSource("format") !== "default")
    throw new UsageError(`--json and --format ${format} ask for two forms. Leave one out.`);
  const chosen = json ? "json" : format;
  command.setOptionValue("format", chosen).setOptionValue("json", chosen === "json");
}

/** A run in any of the forms, with all that each carries; the table fits the terminal. */
export function renderRun(run: Run, format: RunFormat, options: ReportOptions = {}): string {
  const report = reportOf(run, options);
  switch (format) {
    case "table":
      return `\n${renderTerminal(report, terminal())}\n`;
    case "markdown":
      return renderMarkdown(report);
    case "csv":
      return renderCsv(report);
    case "json":
      return renderJson(report);
  }
}
