import { markdownTable } from "markdown-table";
import { fenceFor, markdownText, terminalText } from "@mobilenet-bench/results/harmless";
import { describeFailure, isWrong, reasonsWhyUnsupported, type Judged } from "./failures.ts";
import { LEGEND, MATRIX, placesOf, rowName } from "./matrix.ts";
import { rowsOf } from "./rows.ts";

/** The matrix, where its extremes are, every failure in full, and every cell in a line of its own. */
export function renderMarkdown(verdicts: readonly Judged[]): string {
  const rows = rowsOf(verdicts);
  const matrix = markdownTable(
    [
      MATRIX.map(({ title }) => title),
      ...rows.map((row) => MATRIX.map(({ text }) => markdownText(text(row)))),
    ],
    { align: MATRIX.map(({ align }) => align[0] ?? "l") },
  );
  const places = markdownTable(
    [
      ["backend", "of", "extreme", "model", "layer"],
      ...rows.flatMap((row) =>
        placesOf(row).map(({ of, value, model, layer }) =>
          [rowName(row), of, value, model, layer].map(markdownText),
        ),
      ),
    ],
    { align: ["l", "l", "r", "l", "l"] },
  );
  const failures = verdicts
    .filter(isWrong)
    .map(
      (verdict) =>
        `### ${markdownText(verdict.cell.id)}: ${verdict.status}\n\n${fence(terminalText(describeFailure(verdict)))}`,
    );
  const reasons = reasonsWhyUnsupported(verdicts).map((line) => `- ${markdownText(line)}`);
  return [
    matrix,
    LEGEND.join(" "),
    "## Where the extremes are",
    places,
    ...(reasons.length > 0 ? ["## Unsupported", reasons.join("\n")] : []),
    ...(failures.length > 0 ? ["## Failures", ...failures] : []),
    "## Cells",
    markdownCells(verdicts),
  ].join("\n\n");
}

/** Every cell in full, one line each. */
function markdownCells(verdicts: readonly Judged[]): string {
  const titles = ["cell", "status", ...MATRIX.slice(2).map(({ title }) => title)];
  const lines = verdicts.map((verdict) => {
    const [row] = rowsOf([verdict]);
    const figures = row ? MATRIX.slice(2).map(({ text }) => text(row)) : [];
    return [markdownText(verdict.cell.id), verdict.status, ...figures];
  });
  return markdownTable([titles, ...lines], {
    align: ["l", "l", ...MATRIX.slice(2).map(({ align }) => align[0] ?? "l")],
  });
}

/** What a reason quotes may hold backticks itself. */
function fence(text: string): string {
  const marks = fenceFor(text, 3);
  return `${marks}\n${text}\n${marks}`;
}
