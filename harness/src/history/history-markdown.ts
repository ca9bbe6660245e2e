import { markdownTable } from "markdown-table";
import { markdownText } from "@mobilenet-bench/results/harmless";
import {
  CHANGE_COLUMNS,
  ENVIRONMENT_COLUMNS,
  legendOf,
  modelOf,
  RECENT,
  SERIES_COLUMNS,
  type HistoryColumn,
} from "./history-columns.ts";
import type { HistoryReport } from "./history-report.ts";
import { headOf, machineLineOf, nomineeText, vanishedText } from "./history-words.ts";

/** For comments, step summaries and issues. */
export function renderHistoryMarkdown(report: HistoryReport): string {
  const withModel = [{ title: "model", align: "left", value: modelOf } as const, ...SERIES_COLUMNS];
  return [
    headOf(report).map(markdownText).join("  \n"),
    ...report.lines.flatMap((line) => [
      markdownText(machineLineOf(line, RECENT)),
      table(withModel, line.series),
    ]),
    titled("Changes of level", table(CHANGE_COLUMNS, report.changes)),
    titled("Changes of the environment", table(ENVIRONMENT_COLUMNS, report.environment)),
    titled(
      "To be looked at",
      list([...report.nominees.map(nomineeText), ...report.vanished.map(vanishedText)]),
    ),
    list(legendOf(report)),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function table<Row>(columns: readonly HistoryColumn<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  return markdownTable(
    [
      columns.map(({ title }) => title.replaceAll("\n", " ")),
      ...rows.map((row) => columns.map(({ value }) => markdownText(value(row)))),
    ],
    { align: columns.map(({ align }) => (align === "left" ? "l" : "r")) },
  );
}

function titled(title: string, block: string): string {
  return block === "" ? "" : `## ${title}\n\n${block}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${markdownText(line)}`).join("\n");
}
