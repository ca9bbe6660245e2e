import { markdownTable } from "markdown-table";
import pc from "picocolors";
import { plainTable, trimLines } from "../report/table.ts";
import { describeFailure, isWrong, reasonsOf, type Judged } from "./failures.ts";
import { LEGEND, MATRIX, PLACES } from "./matrix.ts";
import { rowId, rowsOf, type Row } from "./rows.ts";

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
    unsupported(verdicts)
      .map((line) => colors.yellow(`! ${line}`))
      .join("\n"),
    ...failures,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

export function renderMarkdown(verdicts: readonly Judged[]): string {
  const rows = rowsOf(verdicts);
  const shortAlign = (aligns: readonly ("left" | "right")[]) => aligns.map((align) => align[0] ?? "l");
  const matrix = markdownTable(
    [MATRIX.map(({ title }) => title), ...rows.map((row: Row) => MATRIX.map(({ text }) => text(row)))],
    { align: shortAlign(MATRIX.map(({ align }) => align)) },
  );
  const places = markdownTable([PLACES.titles, ...rows.flatMap(PLACES.rows)], {
    align: shortAlign(PLACES.aligns),
  });
  const failures = verdicts
    .filter(isWrong)
    .map((verdict) => `### \`${verdict.cell.id}\`: ${verdict.status}\n\n${fence(describeFailure(verdict))}`);
  const reasons = unsupported(verdicts).map((line) => `- ${line}`);
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
    return [`\`${verdict.cell.id}\``, verdict.status, ...figures];
  });
  return markdownTable([titles, ...lines], {
    align: ["l", "l", ...MATRIX.slice(2).map(({ align }) => align[0] ?? "l")],
  });
}

/** Each reason once, however many cells share it. */
function unsupported(verdicts: readonly Judged[]): string[] {
  const groups = Map.groupBy(
    verdicts.filter(({ status }) => status === "unsupported"),
    (verdict) => `${rowId(verdict)}: ${reasonsOf(verdict).join(" ")}`,
  );
  return [...groups].map(([text, { length }]) => `${text}${length > 1 ? ` (${length} cells)` : ""}`);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** What a reason quotes may hold backticks itself. */
function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}\n${text}\n${marks}`;
}
