import type { Run } from "@mobilenet-bench/results";
import { findRun, readRun } from "@mobilenet-bench/results/store";
import { compareStored, hasBroken, type StoredComparison } from "../compare/stored.ts";
import { renderStoredCsv } from "../compare/stored-csv.ts";
import { renderStoredJson } from "../compare/stored-json.ts";
import { renderStoredJUnit } from "../compare/stored-junit.ts";
import { renderStoredMarkdown } from "../compare/stored-markdown.ts";
import { renderStoredText } from "../compare/stored-text.ts";
import { publishedFolder, runsFolder } from "../folders.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { probeOutput } from "../probe-output.ts";
import { EXIT } from "./exit.ts";
import type { FormatOptions } from "./format.ts";
import { reportComparison, type ComparisonFormat, type Renderers } from "./report-comparison.ts";

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
  const comparison = compareStored(
    await storedRun(base),
    await storedRun(candidate),
    chosenCells(cells, options),
  );
  await reportComparison(renderersOf(comparison), options);
  if (hasBroken(comparison)) process.exitCode = EXIT.wrong;
}

async function storedRun(word: string): Promise<Run> {
  return readRun(await findRun(word, [runsFolder(), publishedFolder()]));
}

function renderersOf(comparison: StoredComparison): Renderers {
  return {
    table: (options) => `\n${renderStoredText(comparison, options)}\n`,
    markdown: () => renderStoredMarkdown(comparison),
    csv: () => renderStoredCsv(comparison),
    json: () => renderStoredJson(comparison),
    junit: () => renderStoredJUnit(comparison),
  };
}
