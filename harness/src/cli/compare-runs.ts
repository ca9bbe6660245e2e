import { writeWhole } from "@mobilenet-bench/files";
import { compareStored, hasBroken, type StoredComparison } from "../compare/stored.ts";
import { renderStoredCsv } from "../compare/stored-csv.ts";
import { renderStoredJson } from "../compare/stored-json.ts";
import { renderStoredJUnit } from "../compare/stored-junit.ts";
import { renderStoredMarkdown } from "../compare/stored-markdown.ts";
import { renderStoredText } from "../compare/stored-text.ts";
import { subjectOf } from "../compare/subject.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { probeOutput } from "../probe-output.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { EXIT } from "./exit.ts";
import type { FormatOptions } from "./format.ts";
import { note, print, terminal } from "./output.ts";

/** The forms of comparisons. */
export const COMPARISON_FORMATS = ["table", "markdown", "csv", "json", "junit"] as const;
/** One of {@link COMPARISON_FORMATS}. */
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** What a command line says of a comparison of stored runs. */
export interface CompareRunsOptions extends FormatOptions<ComparisonFormat>, ChosenOptions {
  readonly output?: string;
}

/** Lays two stored runs side by side. */
export async function compareRuns(
  base: string,
  candidate: string,
  cells: readonly string[],
  options: CompareRunsOptions,
): Promise<void> {
  if (options.output !== undefined) await probeOutput(options.output, "file");
  const [one, other] = [await subjectOf(base), await subjectOf(candidate)];
  const comparison = compareStored(one.run, other.run, chosenCells(cells, options));
  await report(comparison, options);
  if (hasBroken(comparison)) process.exitCode = EXIT.wrong;
}

async function report(comparison: StoredComparison, { format, output }: CompareRunsOptions): Promise<void> {
  if (output === undefined) return print(await render(comparison, format, terminal()));
  print(await render(comparison, "table", terminal()));
  await writeWhole(output, `${await render(comparison, format, { color: false, columns: Infinity })}\n`);
  note(`Comparison: ${output}`);
}

async function render(
  comparison: StoredComparison,
  format: ComparisonFormat,
  options: TerminalOptions,
): Promise<string> {
  switch (format) {
    case "table":
      return `\n${renderStoredText(comparison, options)}\n`;
    case "markdown":
      return renderStoredMarkdown(comparison);
    case "csv":
      return renderStoredCsv(comparison);
    case "json":
      return renderStoredJson(comparison);
    case "junit":
      return renderStoredJUnit(comparison);
  }
}
