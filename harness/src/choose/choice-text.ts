import pc from "picocolors";
import { ACCURACY_SOURCE } from "@mobilenet-bench/spec";
import { CHOICE_COLUMNS, choiceRows, choiceSentence } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { plainTable, trimLines } from "../report/table.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import { wrap } from "../report/wrap.ts";
import { choiceFacts, type ChoiceReport } from "./choice-report.ts";

/** The answer for people: one sentence, all that it names, and what it was chosen from. */
export function renderChoiceText(report: ChoiceReport, { columns, color }: TerminalOptions): string {
  const colors = pc.createColors(color);
  const { choice } = report;
  const sentence = terminalLine(choiceSentence(choice));
  const table = plainTable(CHOICE_COLUMNS.map(({ align }) => align));
  const rows = choiceRows(choice);
  table.push(
    CHOICE_COLUMNS.map(({ title }) => colors.dim(title)),
    ...rows.map((row) => CHOICE_COLUMNS.map(({ value }) => terminalLine(value(row)))),
  );
  const facts = [...choiceFacts(report), `top-1: ${ACCURACY_SOURCE.title} (${ACCURACY_SOURCE.url})`];
  return [
    wrap(sentence, columns)
      .split("\n")
      .map((line) => colors.bold(line))
      .join("\n"),
    ...(rows.length > 0 ? [trimLines(table.toString())] : []),
    facts.map((fact) => colors.dim(terminalLine(fact))).join("\n"),
  ].join("\n\n");
}
