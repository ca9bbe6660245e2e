import { Option } from "commander";
import type { Run } from "@mobilenet-bench/results";
import { renderCsv, renderMarkdown, renderTerminal } from "../report/table.ts";
import { terminal } from "./output.ts";

const FORMATS = ["table", "markdown", "csv", "json"] as const;
export type Format = (typeof FORMATS)[number];

export function formatOption(): Option {
  return new Option("--format <form>", "of the result on standard output").choices(FORMATS).default("table");
}

/** A run in any of the forms; the table fits the terminal. */
export function renderRun(run: Run, format: Format): string {
  const peaks = run.environment.peak ?? {};
  switch (format) {
    case "table":
      return `\n${renderTerminal(run.cells, peaks, terminal())}\n`;
    case "markdown":
      return renderMarkdown(run.cells, peaks);
    case "csv":
      return renderCsv(run.cells);
    case "json":
      return JSON.stringify(run, null, 2);
  }
}
