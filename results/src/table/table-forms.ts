import { csvRecords, jsonText, markdownText } from "../harmless/index.ts";
import { columnsWithContent, titleOf, type TableColumn } from "./columns.ts";
import { FIGURE_TITLES, figureRecord } from "./figure-record.ts";
import { markdownGrid, markdownList } from "./grid.ts";
import { legendOf, type Explained } from "./legend.ts";
import type { TableRow } from "./row.ts";

/** What is left of a table when filters have done their part. */
export interface FilteredTable extends Explained {
  /** In the command line's own words: `target=node,chrome`. */
  readonly filters: readonly string[];
  /** How many rows the filters took away. */
  readonly leftOut: number;
}

/** The forms that a table can be copied and downloaded in, by the ending of its file. */
export const TABLE_FORMS = {
  csv: { type: "text/csv;charset=utf-8", of: ({ rows }) => tableCsv(rows) },
  json: { type: "application/json", of: tableJson },
  md: { type: "text/markdown;charset=utf-8", of: tableMarkdown },
} as const satisfies Record<
  string,
  {
    readonly type: string;
    readonly of: (table: FilteredTable, columns: readonly TableColumn[]) => string;
  }
>;

/** Full precision, one record per row and nothing else, as spreadsheets and data frames read it. */
export function tableCsv(rows: readonly TableRow[]): string {
  return `${csvRecords(FIGURE_TITLES, rows.map(figureRecord))}\n`;
}

/** Every row as it is, beside the filters that chose it. */
export function tableJson({ rows, filters, leftOut }: FilteredTable): string {
  return `${jsonText({ filters, leftOut, cells: rows })}\n`;
}

/** The table as people see it: filters above it, legend and the reasons of what has no figure beneath. */
export function tableMarkdown(table: FilteredTable, columns: readonly TableColumn[]): string {
  const { rows } = table;
  const shown = columnsWithContent(columns, rows);
  const grid = markdownGrid(
    shown.map((column) => [titleOf(column, table), column.align]),
    rows.map((row) => shown.map(({ value }) => value(row))),
  );
  const legend = legendOf(table, shown, ({ word }) => word).map(({ term, meaning }) => `${term}: ${meaning}`);
  const reasons = rows.flatMap(({ id, status, reason, remedy }) =>
    reason === undefined ? [] : [[`${id}: ${status}.`, reason, remedy].filter(Boolean).join(" ")],
  );
  const lists = [legend, reasons].map((lines) => markdownList(lines.map(markdownText)));
  const blocks = [describeFilters(table), grid, ...lists].filter((block) => block !== "");
  return `${blocks.join("\n\n")}\n`;
}

/** With the ending, below the 255 bytes that file systems take. */
const LONGEST_NAME = 200;

/** `mobilenet-bench_target=node_threads=2.csv`: the filters, safe as the name of a file on every system. */
export function tableFileName(filters: readonly string[], form: keyof typeof TABLE_FORMS): string {
  const words = ["mobilenet-bench", ...filters].map((word) => word.replaceAll(/[^\w.=,-]+/g, "-"));
  return `${words.join("_").slice(0, LONGEST_NAME)}.${form}`;
}

function describeFilters({ filters, leftOut, rows }: FilteredTable): string {
  if (filters.length === 0 && leftOut === 0) return "";
  const which = filters.length === 0 ? "no filter" : filters.map(markdownText).join(", ");
  return `${rows.length} of ${rows.length + leftOut} cells: ${which}`;
}
