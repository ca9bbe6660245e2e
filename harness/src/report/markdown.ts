import { legendOf, markdownGrid, markdownList, titleOf } from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { describeLeftOut } from "./describe-left-out.ts";
import { describePace } from "./describe-pace.ts";
import { describeParts } from "./describe-parts.ts";
import { describeState } from "./describe-state.ts";
import { fitColumns, FITS_TITLE } from "./fit-columns.ts";
import { FLAT, layoutFor } from "./layouts.ts";
import { reasonsOf, reasonText } from "./reasons.ts";
import type { Report } from "./report.ts";
import { runFacts } from "./run-facts.ts";

/** All that the table for people carries. */
export function renderMarkdown(report: Report): string {
  const { columns } = layoutFor(FLAT, report);
  const table = markdownGrid(
    columns.map((column) => [titleOf(column, report), column.align]),
    report.rows.map((row) => columns.map(({ value }) => value(row))),
  );
  const legend = legendOf(report, columns, ({ word }) => word).map(
    ({ term, meaning }) => `${markdownText(term)}: ${markdownText(meaning)}`,
  );
  return [
    runFacts(report.run).map(markdownText).join(", "),
    markdownList([...describeParts(report.run), ...describeState(report.run.environment)].map(markdownText)),
    table,
    markdownList(legend),
    markdownList(describePace(report.run).map(markdownText)),
    markdownList(describeLeftOut(report.cells).map(markdownText)),
    renderFits(report),
    markdownList(reasonsOf(report.cells).map((shared) => markdownText(reasonText(shared)))),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function renderFits({ fits }: Report): string {
  if (fits.length === 0) return "";
  const columns = fitColumns("(software GPU)");
  const table = markdownGrid(
    columns.map(({ title, align }) => [title.replaceAll("\n", " "), align]),
    fits.map((fit) => columns.map(({ value }) => value(fit))),
  );
  return `${FITS_TITLE}:\n\n${table}`;
}
