import pc from "picocolors";
import { ACCURACY_SOURCE } from "@mobilenet-bench/spec";
import {
  CHOICE_COLUMNS,
  choiceRows,
  choiceSentence,
  type ChoiceColumn,
  type ChoiceRow,
} from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "../report/table.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { wrap } from "../report/wrap.ts";
import { choiceFacts, type ChoiceReport } from "./choice-report.ts";

/** The answer for people: one sentence, all that it names, and what it was chosen from. */
export function renderChoiceText(report: ChoiceReport, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const { choice } = report;
  const sentence = wrap(terminalLine(choiceSentence(choice)), columns);
  const facts = [...choiceFacts(report), `top-1: ${ACCURACY_SOURCE.title} (${ACCURACY_SOURCE.url})`];
  return [
    perLine(sentence, colors.bold),
    ...renderRows(choiceRows(choice), columns, colors.dim),
    perLine(facts.map((fact) => wrap(terminalLine(fact), columns)).join("\n"), colors.dim),
  ].join("\n\n");
}

/** The offers as a table, their notes in it where there is room, and else beneath it. */
function renderRows(rows: readonly ChoiceRow[], width: number, dim: Paint): string[] {
  if (rows.length === 0) return [];
  const whole = tableOf(CHOICE_COLUMNS, rows);
  if (widthOf(whole) <= width) return [paintHead(whole, dim)];
  const figures = CHOICE_COLUMNS.filter(({ title }) => title !== NOTE);
  const notes = CHOICE_COLUMNS.filter(({ title }) => title === NOTE);
  const told = rows.flatMap((row) => notes.map(({ value }) => `${row.role}: ${terminalLine(value(row))}`));
  return [paintHead(tableOf(figures, rows), dim), told.map((line) => wrap(line, width)).join("\n")];
}

const NOTE = "note";
type Paint = (text: string) => string;

function tableOf(columns: readonly ChoiceColumn[], rows: readonly ChoiceRow[]): string {
  const table = plainTable(columns.map(({ align }) => align));
  table.push(
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ value }) => terminalLine(value(row)))),
  );
  return trimLines(table.toString());
}

function paintHead(table: string, dim: Paint): string {
  const [head = "", ...lines] = table.split("\n");
  return [dim(head), ...lines].join("\n");
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map(({ length }) => length));
}

/** Each by itself: a colour that goes on over a line break would colour what stands beside it. */
function perLine(text: string, paint: Paint): string {
  return text.split("\n").map(paint).join("\n");
}
