import { csvRecords, jsonText, markdownText, terminalLine } from "@mobilenet-bench/results/harmless";
import type { Answer } from "@mobilenet-bench/results/roll-up";
import { markdownTable } from "markdown-table";
import { PlainTable } from "../report/plain-table.ts";

/** The forms of an answer. */
export const ANSWER_FORMATS = ["table", "markdown", "csv", "json"] as const;
/** One of {@link ANSWER_FORMATS}. */
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** An answer of roll-ups, whose texts may be anybody's. */
export function renderAnswer(answer: Answer, format: AnswerFormat): string {
  switch (format) {
    case "table":
      return tableOf(answer);
    case "markdown":
      return markdownTable(
        [answer.columns, ...textsOf(answer)].map((row) => row.map(markdownText)),
        {
          align: alignsOf(answer).map((align) => (align === "right" ? "r" : "l")),
        },
      );
    case "csv":
      return csvRecords(
        answer.columns,
        recordsOf(answer, (value) => (typeof value === "boolean" ? String(value) : value)),
      );
    case "json":
      return jsonText(recordsOf(answer, (value) => value));
  }
}

function tableOf(answer: Answer): string {
  const table = new PlainTable(alignsOf(answer));
  table.push(answer.columns.map(terminalLine), ...textsOf(answer).map((row) => row.map(terminalLine)));
  return table.toString();
}

function textsOf({ rows }: Answer): string[][] {
  return rows.map((row) => row.map((value) => (value === null ? "" : String(value))));
}

/** Numbers to the right, so that they can be compared. */
function alignsOf({ columns, rows }: Answer): ("left" | "right")[] {
  return columns.map((_, i) => {
    const values = rows.map((row) => row[i]).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => typeof value === "number") ? "right" : "left";
  });
}

function recordsOf<T>(
  { columns, rows }: Answer,
  of: (value: Answer["rows"][number][number]) => T,
): Record<string, T>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, of(row[i] ?? null)])));
}
