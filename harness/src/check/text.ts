import pc from "picocolors";
import { plainTable, trimLines } from "../report/table.ts";
import { describeFailure, isWrong, reasonsWhyUnsupported, type Judged } from "./failures.ts";
import { LEGEND, MATRIX, PLACES } from "./matrix.ts";
import { rowsOf } from "./rows.ts";

/** The matrix, where its extremes are, and every failure in full. */
export function renderText(verdicts: readonly Judged[], color: boolean): string {
  const colors = pc.createColors(color);
  const rows = rowsOf(verdicts);
  const matrix = plainTable(MATRIX.map(({ align }) => align));
  matrix.push(MATRIX.map(({ title }) => colors.dim(title)));
  for (const row of rows) {
    const paint = row.checked === 0 ? colors.dim : row.ok === row.checked ? colors.green : colors.red;
    matrix.push(MATRIX.map(({ title, text }) => (title === "ok" ? paint(text(row)) : text(row))));
  }
  const places = plainTable(PLACES.aligns);
  places.push(PLACES.titles.map((title) => colors.dim(title)));
  for (const lines of rows.map(PLACES.rows))
    places.push(...lines.map(([name = "", ...rest], i) => [i === 0 ? name : "", ...rest]));
  const failures = verdicts
    .filter(isWrong)
    .map(
      (verdict) =>
        `${colors.red(`✗ ${verdict.cell.id}: ${verdict.status}`)}\n${indent(describeFailure(verdict))}`,
    );
  return [
    trimLines(matrix.toString()),
    LEGEND.map(colors.dim).join("\n"),
    places.length > 1 ? trimLines(places.toString()) : "",
    reasonsWhyUnsupported(verdicts)
      .map((line) => colors.yellow(`! ${line}`))
      .join("\n"),
    ...failures,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
