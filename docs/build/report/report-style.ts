/** What a report has beside the styles of pages: the narrow charts of a cell side by side, as many as fit. */
export const REPORT_STYLE = `
.report { max-width: 80rem; margin: 0 auto; padding: var(--space-16); }
.report-charts {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 22.375rem), 1fr));
  gap: var(--space-24);
  align-items: start;
}
.report-cell { break-inside: avoid-page; margin-block-start: var(--space-32); }
`;
