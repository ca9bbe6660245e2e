import { Command } from "commander";
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
import { addFormats, type FormatOptions } from "./format.ts";
import { commaSeparated } from "./options.ts";
import { note, print, terminal } from "./output.ts";

const FORMATS = ["table", "markdown", "csv", "json", "junit"] as const;
type Format = (typeof FORMATS)[number];

interface CompareOptions extends FormatOptions<Format>, ChosenOptions {
  readonly output?: string;
}

export function compareCommand(): Command {
  const command = new Command("compare")
    .description("Two stored runs side by side: ratios and environments, as far as they say anything.")
    .argument("<base>", "a run file, a run's id or the unique beginning of it, or latest")
    .argument("<candidate>", "the same")
    .argument("[cell...]", "only these: cell ids")
    .option("--model <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option("--backend <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option("--target <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option("--output <file>", "write the comparison there, and the table to standard output")
    .addHelpText(
      "after",
      "\nExit status 1 where a cell that was in order in the base failed in the candidate. Stored runs never fail for a time:\nthey were measured at different times, and are too weak for a verdict. 2 where they cannot be compared.",
    );
  return addFormats(command, FORMATS).action(
    async (base: string, candidate: string, cells: string[], options: CompareOptions) => {
      if (options.output !== undefined) await probeOutput(options.output, "file");
      const [one, other] = [await subjectOf(base), await subjectOf(candidate)];
      const comparison = compareStored(one.run, other.run, chosenCells(cells, options));
      await report(comparison, options);
      if (hasBroken(comparison)) process.exitCode = EXIT.wrong;
    },
  );
}

async function report(comparison: StoredComparison, { format, output }: CompareOptions): Promise<void> {
  if (output === undefined) return print(await render(comparison, format, terminal()));
  print(await render(comparison, "table", terminal()));
  await writeWhole(output, `${await render(comparison, format, { color: false, columns: Infinity })}\n`);
  note(`Comparison: ${output}`);
}

async function render(
  comparison: StoredComparison,
  format: Format,
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
