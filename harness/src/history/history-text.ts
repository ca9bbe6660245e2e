import pc from "picocolors";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "../report/table.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { wrap } from "../report/wrap.ts";
import { wrappedLines } from "../report/wrapped-lines.ts";
import {
  CHANGE_COLUMNS,
  ENVIRONMENT_COLUMNS,
  legendOf,
  modelOf,
  RECENT,
  SERIES_COLUMNS,
  type HistoryColumn,
} from "./history-columns.ts";
import type { HistoryReport, ReportedLine } from "./history-report.ts";
import { headOf, machineLineOf, nomineeText, vanishedText } from "./history-words.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** For people: the series by model under what the machine did, then changes, the environment, and what is to be looked at. */
export function renderHistoryText(report: HistoryReport, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const lines = (texts: readonly string[], paint?: (line: string) => string) =>
    wrappedLines(texts, columns, paint);
  return [
    lines(headOf(report)),
    ...report.lines.map((line) => `${lines([machineLineOf(line, RECENT)])}\n\n${seriesTable(line, colors)}`),
    titled("Changes of level", table(CHANGE_COLUMNS, report.changes, { columns, colors }), colors),
    titled(
      "Changes of the environment",
      table(ENVIRONMENT_COLUMNS, report.environment, { columns, colors }),
      colors,
    ),
    lines(
      report.nominees.map((nominee) => `! ${nomineeText(nominee)}`),
      colors.yellow,
    ),
    lines(
      report.vanished.map((cell) => `! ${vanishedText(cell)}`),
      colors.yellow,
    ),
    lines(legendOf(report), colors.dim),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function seriesTable({ series }: ReportedLine, colors: Colors): string {
  const rows = plainTable(SERIES_COLUMNS.map(({ align }) => align));
  rows.push(headings(SERIES_COLUMNS, colors));
  for (const [model, members] of Map.groupBy(series, modelOf)) {
    const heading = { colSpan: SERIES_COLUMNS.length, content: colors.bold(terminalLine(model)) };
    rows.push([{ colSpan: SERIES_COLUMNS.length, content: "" }], [heading]);
    for (const one of members) rows.push(SERIES_COLUMNS.map(({ value }) => terminalLine(value(one))));
  }
  return trimLines(rows.toString());
}

/** The last column takes what the others leave, on as many lines as that needs. */
function table<Row>(
  columns: readonly HistoryColumn<Row>[],
  rows: readonly Row[],
  { columns: width, colors }: { readonly columns: number; readonly colors: Colors },
): string {
  if (rows.length === 0) return "";
  const texts = rows.map((row) => columns.map(({ value }) => terminalLine(value(row))));
  const longest = columns.map(({ title }, i) =>
    Math.max(title.length, ...texts.map((row) => row[i]?.length ?? 0)),
  );
  const wide = columns.map(({ align }) => align).lastIndexOf("left");
  const others = longest.reduce((sum, length, i) => (i === wide ? sum : sum + length + 2), 0);
  const room = Math.max(24, width - others);
  const shown = plainTable(columns.map(({ align }) => align));
  shown.push(headings(columns, colors));
  for (const row of texts) shown.push(row.map((text, i) => (i === wide ? wrap(text, room) : text)));
  return trimLines(shown.toString());
}

function headings<Row>(columns: readonly HistoryColumn<Row>[], colors: Colors) {
  return columns.map(({ title }) => ({
    content: title.split("\n").map(colors.dim).join("\n"),
    vAlign: "bottom" as const,
  }));
}

function titled(title: string, block: string, colors: Colors): string {
  return block === "" ? "" : `${colors.bold(title)}\n${block}`;
}
