import { columnClass } from "../../src/parts/figure-html.ts";

/** More than any chart's table has. */
const MOST_COLUMNS = 12;

const FIGURES = Array.from(
  { length: MOST_COLUMNS },
  (_, i) => `.chart-table .${columnClass(i)} td:nth-child(${i + 1})`,
).join(", ");

/** What a report has beside the styles of pages: the narrow charts of a cell side by side, as many as fit. */
export const REPORT_STYLE = `
.report-charts {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 22.375rem), 1fr));
  gap: var(--space-24);
  align-items: start;
}
/* As tall as two others. */
.report-charts [id$="-layers"] { grid-row: span 2; }
.report-charts figure { margin: 0; }
${FIGURES} { text-align: end; white-space: nowrap; }
table.cells th[scope="row"] { white-space: nowrap; }
.report-cell { margin-block-start: var(--space-48); }
.legend-of-table { color: var(--ink-2); font-size: var(--text-14); }
.legend-of-table :is(dt, dd) { display: inline; margin: 0; }
.legend-of-table dt::after { content: ": "; }
`;
