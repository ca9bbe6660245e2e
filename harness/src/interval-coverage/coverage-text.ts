import { terminalLine } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "../report/table.ts";
import {
  headOf,
  legendOf,
  RIGHT_VALUES,
  rowsOf,
  VALUE_TITLES,
  type CoverageReport,
} from "./coverage-report.ts";

/** The report for terminals of 80 columns. */
export function renderCoverageText(report: CoverageReport): string {
  const table = plainTable(["left", "right", "right", "right", "right"]);
  table.push(["", ...VALUE_TITLES].map((content) => ({ content, vAlign: "bottom" as const })));
  for (const { interval, cell, values } of rowsOf(report)) {
    if (cell === undefined) table.push([{ colSpan: 5, content: "" }]);
    table.push([cell === undefined ? interval : `  ${terminalLine(cell)}`, ...values]);
  }
  table.push([{ colSpan: 5, content: "" }], ["right", ...RIGHT_VALUES]);
  return [
    headOf(report).map(terminalLine).join("\n"),
    trimLines(table.toString()),
    legendOf().join("\n"),
  ].join("\n\n");
}
