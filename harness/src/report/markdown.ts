import {
  describeLeftOut,
  describePace,
  describeParts,
  describeState,
  fitColumns,
  FITS_TITLE,
  legendOf,
  markdownGrid,
  markdownList,
  reasonsOf,
  reasonText,
  runFacts,
  titleOf,
} from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import { FLAT, layoutFor } from "./layouts.ts";
import type { Report } from "./report.ts";

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
