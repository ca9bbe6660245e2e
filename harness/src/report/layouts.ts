import {
  columnsWithContent,
  TABLE_COLUMNS,
  WIDEST_COLUMNS,
  type TableColumn,
  type TableRow,
} from "@mobilenet-bench/results";

/** How the table is laid out. */
export interface Layout {
  /** Whether cells of one model stand under a heading, which says what they share. */
  readonly byModel: boolean;
  readonly columns: readonly TableColumn[];
}

const FIGURES = [
  TABLE_COLUMNS.median,
  TABLE_COLUMNS.interval,
  TABLE_COLUMNS.gmacs,
  TABLE_COLUMNS.peak,
  TABLE_COLUMNS.coldStart,
];
const WITHIN_RUN = [TABLE_COLUMNS.rank, TABLE_COLUMNS.ratio, TABLE_COLUMNS.median, TABLE_COLUMNS.interval];
/** Where there is something to tell. */
const OTHER_RUNS = [TABLE_COLUMNS.clocked, TABLE_COLUMNS.another];

/** See {@link WIDEST_COLUMNS}. */
export const FLAT: Layout = {
  byModel: false,
  columns: WIDEST_COLUMNS,
};

/** From the richest to the poorest: the first that fits a terminal is taken, and the last where none does. */
export const LAYOUTS: readonly Layout[] = [
  FLAT,
  byModel(
    TABLE_COLUMNS.rank,
    TABLE_COLUMNS.ratio,
    TABLE_COLUMNS.ratioInterval,
    ...FIGURES,
    ...OTHER_RUNS,
    TABLE_COLUMNS.status,
  ),
  // With the marks as letters: 80 columns are mostly enough for this one.
  byModel(TABLE_COLUMNS.rank, TABLE_COLUMNS.ratio, ...FIGURES, ...OTHER_RUNS, TABLE_COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, TABLE_COLUMNS.gmacs, TABLE_COLUMNS.peak, TABLE_COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, TABLE_COLUMNS.gmacs, TABLE_COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, TABLE_COLUMNS.shortStatus),
  byModel(
    TABLE_COLUMNS.rank,
    TABLE_COLUMNS.ratio,
    TABLE_COLUMNS.median,
    ...OTHER_RUNS,
    TABLE_COLUMNS.shortStatus,
  ),
  byModel(...WITHIN_RUN, TABLE_COLUMNS.shortStatus),
  byModel(TABLE_COLUMNS.rank, TABLE_COLUMNS.ratio, TABLE_COLUMNS.median, TABLE_COLUMNS.shortStatus),
];

function byModel(...columns: readonly TableColumn[]): Layout {
  return { byModel: true, columns: [TABLE_COLUMNS.backendWithOptions, ...columns] };
}

/** The layout without the columns that none of the rows has anything in. */
export function layoutFor(
  { byModel: isByModel, columns }: Layout,
  { rows }: { readonly rows: readonly TableRow[] },
): Layout {
  return { byModel: isByModel, columns: columnsWithContent(columns, rows) };
}
