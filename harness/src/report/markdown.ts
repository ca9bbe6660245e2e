import { markdownTable } from "markdown-table";
import { markdownText } from "../harmless/markdown-text.ts";
import { titleOf } from "./columns.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import { describePace } from "./describe-pace.ts";
import { describeParts } from "./describe-parts.ts";
import { describeState } from "./describe-state.ts";
import { fitColumns, FITS_TITLE } from "./fit-columns.ts";
import { FLAT, layoutFor } from "./layouts.ts";
import { legendOf } from "./legend.ts";
import { reasonsOf, reasonText } from "./reasons.ts";
import type { Report } from "./report.ts";
import { runFacts } from "./run-facts.ts";

/** All that the table for people carries. */
export function renderMarkdown(report: Report): string {
  const { columns } = layoutFor(FLAT, report);
  const table = rows(
    columns.map((column) => [titleOf(column, report), column.align]),
    report.cells.map((cell) => columns.map((column) => column.value(cell, report))),
  );
  const legend = legendOf(report, columns, ({ word }) => word).map(
    ({ term, meaning }) => `${markdownText(term)}: ${markdownText(meaning)}`,
  );
  return [
    runFacts(report.run).map(markdownText).join(", "),
    list([...describeParts(report.run), ...describeState(report.run.environment)].map(markdownText)),
    table,
    list(legend),
    list(describePace(report.run).map(markdownText)),
    list(describeLeftOut(report.cells).map(markdownText)),
    renderFits(report),
    list(reasonsOf(report.cells).map((shared) => markdownText(reasonText(shared)))),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function renderFits({ fits }: Report): string {
  if (fits.length === 0) return "";
  const columns = fitColumns("(software GPU)");
  const table = rows(
    columns.map(({ title, align }) => [title.replaceAll("\n", " "), align]),
    fits.map((fit) => columns.map(({ value }) => value(fit))),
  );
  return `${FITS_TITLE}:\n\n${table}`;
}

/** A Markdown table of foreign texts. */
function rows(
  head: readonly (readonly [title: string, align: "left" | "right"])[],
  body: readonly (readonly string[])[],
): string {
  return markdownTable([head.map(([title]) => title), ...body.map((row) => row.map(markdownText))], {
    align: head.map(([, align]) => align),
  });
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}
