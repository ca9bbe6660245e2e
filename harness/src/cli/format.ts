import { Option } from "commander";
import type { Cell, Run } from "@mobilenet-bench/results";
import { renderCsv, renderMarkdown, renderTerminal } from "../report/table.ts";
import { terminal } from "./output.ts";

const FORMATS = ["table", "markdown", "csv", "json"] as const;
export type Format = (typeof FORMATS)[number];

export function formatOption(): Option {
  return new Option("--format <form>", "of the result on standard output").choices(FORMATS).default("table");
}

/**
 * A run in any of the forms; the table fits the terminal.
 * @param shown the cells of tables; lines are fitted through all of the run, and JSON has all of it
 */
export function renderRun(run: Run, format: Format, shown: readonly Cell[] = run.cells): string {
  const peaks = run.environment;
  switch (format) {
    case "table":
      return `\n${renderTerminal(shown, peaks, { ...terminal(), fitted: run.cells })}\n`;
    case "markdown":
      return renderMarkdown(shown, peaks, run.cells);
    case "csv":
      return renderCsv(shown, peaks);
    case "json":
      return JSON.stringify(run, null, 2);
  }
}
