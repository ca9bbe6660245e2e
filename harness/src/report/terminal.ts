import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import {
  describeLeftOut,
  describePace,
  describeParts,
  describeState,
  fitColumns,
  FITS_TITLE,
  headOf,
  legendOf,
  modelFacts,
  reasonsOf,
  reasonText,
  runFacts,
  TABLE_COLUMNS,
  titleOf,
  type TableColumn,
  type TableRow,
} from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { FLAT, layoutFor, LAYOUTS, type Layout } from "./layouts.ts";
import type { Report } from "./report.ts";
import { plainTable, trimLines } from "./table.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** What the terminal can show. */
export interface TerminalOptions {
  /** Of the terminal, in characters. */
  readonly columns: number;
  readonly color: boolean;
}

const GAP = 2;

/** The table for people: what it is of above it, legend, lines and the reasons of what failed beneath. */
export function renderTerminal(report: Report, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const layouts = LAYOUTS.map((one) => layoutFor(one, report));
  const layout = layouts.find((one) => widthOf(one, report) <= columns) ?? layouts.at(-1) ?? FLAT;
  const table = layout.byModel ? renderByModel(layout, report, colors) : renderFlat(layout, report, colors);
  return [
    renderFacts(report, columns, colors),
    [...describeParts(report.run), ...describeState(report.run.environment)]
      .map((line) => colors.yellow(terminalLine(line)))
      .join("\n"),
    table,
    renderLegend(report, layout, colors),
    [...describePace(report.run)].map((line) => colors.dim(terminalLine(line))).join("\n"),
    renderLeftOut(report, colors),
    renderFits(report, layout, colors),
    renderReasons(report, colors),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function widthOf({ byModel, columns }: Layout, report: Report): number {
  const widths = columns.map((column) => {
    const head = byModel ? headOf(column, report).split("\n") : [titleOf(column, report)];
    return Math.max(...head.map(lengthOf), ...report.rows.map((one) => lengthOf(text(one, column))));
  });
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

function renderFlat({ columns }: Layout, report: Report, colors: Colors): string {
  const table = plainTable(columns.map(({ align }) => align));
  table.push(columns.map((column) => colors.dim(titleOf(column, report))));
  for (const one of report.rows) table.push(row(one, columns, colors));
  return trimLines(table.toString());
}

/** What cells of one model share stands once, above them. */
function renderByModel({ columns }: Layout, report: Report, colors: Colors): string {
  const table = plainTable(columns.map(({ align }) => align));
  table.push(
    columns.map((column) => ({
      content: dimLines(headOf(column, report), colors),
      vAlign: "bottom" as const,
    })),
  );
  for (const [model, rows] of Map.groupBy(report.rows, (one) => one.model)) {
    const heading = `${colors.bold(terminalLine(model))}  ${modelFacts(rows)}`;
    table.push([{ colSpan: columns.length, content: "" }], [{ colSpan: columns.length, content: heading }]);
    for (const one of rows) table.push(row(one, columns, colors));
  }
  return trimLines(table.toString());
}

function row(one: TableRow, columns: readonly TableColumn[], colors: Colors): string[] {
  return columns.map((column) => {
    const shown = text(one, column);
    if (column.title === TABLE_COLUMNS.status.title) return paint(one, shown, colors);
    // What leads the row is what is looked for first.
    return column === TABLE_COLUMNS.ratio && shown !== "" ? colors.bold(shown) : shown;
  });
}

function text(one: TableRow, { value }: TableColumn): string {
  return terminalLine(value(one));
}

function paint({ status }: TableRow, shown: string, colors: Colors): string {
  if (status === "ok") return shown === "ok" ? colors.green(shown) : colors.yellow(shown);
  return status === "unsupported" ? colors.dim(shown) : colors.red(shown);
}

/** As many facts on a line as the width allows. */
function renderFacts({ run }: Report, columns: number, colors: Colors): string {
  const lines: string[] = [];
  for (const fact of runFacts(run).map(terminalLine)) {
    const longer = `${lines.at(-1) ?? ""}, ${fact}`;
    if (lines.length > 0 && longer.length <= columns) lines.splice(-1, 1, longer);
    else lines.push(fact);
  }
  return lines.map(colors.dim).join("\n");
}

function renderLegend(report: Report, { columns }: Layout, colors: Colors): string {
  const letters = columns.includes(TABLE_COLUMNS.shortStatus);
  const terms = legendOf(report, columns, ({ letter, word }) => (letters ? letter : word));
  return terms
    .map(({ term, meaning }) => dimLines(`${terminalLine(term)}: ${terminalLine(meaning)}`, colors))
    .join("\n");
}

function renderLeftOut({ cells }: Report, colors: Colors): string {
  return describeLeftOut(cells)
    .map((line) => colors.dim(terminalLine(line)))
    .join("\n");
}

function renderFits({ fits }: Report, { columns }: Layout, colors: Colors): string {
  if (fits.length === 0) return "";
  const shown = fitColumns(columns.includes(TABLE_COLUMNS.shortStatus) ? "s" : "(software GPU)");
  const table = plainTable(shown.map(({ align }) => align));
  table.push(
    shown.map(({ title }) => ({ content: dimLines(title, colors), vAlign: "bottom" as const })),
    ...fits.map((fit) => shown.map(({ value }) => terminalLine(value(fit)))),
  );
  return `${colors.bold(FITS_TITLE)}\n${trimLines(table.toString())}`;
}

function renderReasons({ cells }: Report, colors: Colors): string {
  return reasonsOf(cells)
    .map((shared) => colors.yellow(`! ${terminalLine(reasonText(shared))}`))
    .join("\n");
}

/** Each line by itself: a colour that goes on over a line break would colour the columns between. */
function dimLines(lines: string, colors: Colors): string {
  return lines.split("\n").map(colors.dim).join("\n");
}

function lengthOf(shown: string): number {
  return stripVTControlCharacters(shown).length;
}
