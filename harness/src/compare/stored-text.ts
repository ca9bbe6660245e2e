import pc from "picocolors";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { PlainTable } from "../report/plain-table.ts";
import { trimLines } from "../report/table.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { wrap } from "../report/wrap.ts";
import { wrappedLines } from "../report/wrapped-lines.ts";
import { columnsOf, legendOf, machineLine, otherwiseLines, uncomparedLines } from "./stored-columns.ts";
import { WEAK, type StoredComparison } from "./stored.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** For people: what it is worth, both environments, the machine's line, then cells by model. */
export function renderStoredText(comparison: StoredComparison, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const lines = (texts: readonly string[], paint?: (line: string) => string) =>
    wrappedLines(texts, columns, paint);
  const machine = machineLine(comparison);
  return [
    lines([WEAK]),
    renderFacts(comparison, columns, colors),
    lines(
      comparison.notes.map((note) => `! ${note}`),
      colors.yellow,
    ),
    lines(machine === undefined ? [] : [machine]),
    renderCells(comparison, colors),
    lines(legendOf(comparison), colors.dim),
    lines(otherwiseLines(comparison).map((line) => `≠ ${line}`)),
    lines(
      uncomparedLines(comparison.uncompared).map((line) => `! ${line}`),
      colors.yellow,
    ),
    lines(comparison.next === undefined ? [] : [`Next: ${comparison.next}`]),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** Facts that are long and the same are left out; what differs always stands there. */
function renderFacts({ facts }: StoredComparison, columns: number, colors: Colors): string {
  const shown = facts.filter(({ name, differs }) => differs || !/^protocol |^features$/.test(name));
  const names = Math.max(...shown.map(({ name }) => name.length));
  const width = Math.max(12, Math.floor((columns - names - 7) / 2));
  const table = new PlainTable(["left", "left", "left", "left"]);
  table.push(["", "", colors.dim("base"), colors.dim("candidate")]);
  for (const { name, base, candidate, differs } of shown)
    table.push([
      differs ? colors.yellow("≠") : "",
      terminalLine(name),
      wrap(terminalLine(base), width),
      differs ? wrap(terminalLine(candidate), width) : colors.dim("the same"),
    ]);
  return trimLines(table.toString());
}

function renderCells(comparison: StoredComparison, colors: Colors): string {
  const columns = columnsOf(comparison);
  const table = new PlainTable(columns.map(({ align }) => align));
  table.push(
    columns.map(({ title }) => ({
      content: title.split("\n").map(colors.dim).join("\n"),
      vAlign: "bottom" as const,
    })),
  );
  for (const [model, rows] of Map.groupBy(comparison.rows, (row) => row.model)) {
    const heading = { colSpan: columns.length, content: colors.bold(terminalLine(model)) };
    table.push([{ colSpan: columns.length, content: "" }], [heading]);
    for (const row of rows) table.push(columns.map(({ value }) => terminalLine(value(row))));
  }
  return comparison.rows.length === 0 ? "" : trimLines(table.toString());
}
