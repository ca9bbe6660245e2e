import { ACCURACY_SOURCE } from "@mobilenet-bench/spec";
import {
  CHOICE_COLUMNS,
  choiceRows,
  choiceSentence,
  markdownGrid,
  markdownList,
} from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { choiceFacts, type ChoiceReport } from "./choice-report.ts";

/** All that the table for people carries. */
export function renderChoiceMarkdown(report: ChoiceReport): string {
  const rows = choiceRows(report.choice);
  const grid = markdownGrid(
    CHOICE_COLUMNS.map(({ title, align }) => [title, align]),
    rows.map((row) => CHOICE_COLUMNS.map(({ value }) => value(row))),
  );
  const source = `top-1: [${ACCURACY_SOURCE.title}](${ACCURACY_SOURCE.url})`;
  return [
    markdownText(choiceSentence(report.choice)),
    ...(rows.length > 0 ? [grid] : []),
    markdownList([...choiceFacts(report).map(markdownText), source]),
  ].join("\n\n");
}
