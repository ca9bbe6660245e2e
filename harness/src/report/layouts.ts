import { COLUMNS, columnsWithContent, type Column } from "./columns.ts";

/** How the table is laid out. */
export interface Layout {
  /** Whether cells of one model stand under a heading, which says what they share. */
  readonly byModel: boolean;
  readonly columns: readonly Column[];
}

const FIGURES = [COLUMNS.median, COLUMNS.interval, COLUMNS.gmacs, COLUMNS.peak, COLUMNS.coldStart];
const WITHIN_RUN = [COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, COLUMNS.interval];
/** Where there is something to tell. */
const OTHER_RUNS = [COLUMNS.clocked, COLUMNS.another];

/** One row says it all: for scripts, spreadsheets, Markdown and the widest terminals. */
export const FLAT: Layout = {
  byModel: false,
  columns: [
    COLUMNS.model,
    COLUMNS.backend,
    COLUMNS.options,
    COLUMNS.multAdds,
    COLUMNS.params,
    COLUMNS.rank,
    COLUMNS.ratio,
    COLUMNS.ratioInterval,
    ...FIGURES,
    ...OTHER_RUNS,
    COLUMNS.memory,
    COLUMNS.status,
  ],
};

/** From the richest to the poorest: the first that fits a terminal is taken, and the last where none does. */
export const LAYOUTS: readonly Layout[] = [
  FLAT,
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.ratioInterval, ...FIGURES, ...OTHER_RUNS, COLUMNS.status),
  // With the marks as letters: 80 columns are mostly enough for this one.
  byModel(COLUMNS.rank, COLUMNS.ratio, ...FIGURES, ...OTHER_RUNS, COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, COLUMNS.gmacs, COLUMNS.peak, COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, COLUMNS.gmacs, COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, ...OTHER_RUNS, COLUMNS.shortStatus),
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, ...OTHER_RUNS, COLUMNS.shortStatus),
  byModel(...WITHIN_RUN, COLUMNS.shortStatus),
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, COLUMNS.shortStatus),
];

function byModel(...columns: readonly Column[]): Layout {
  return { byModel: true, columns: [COLUMNS.backendWithOptions, ...columns] };
}

/** The layout without the columns that none of the cells has anything in. */
export function layoutFor(
  { byModel: isByModel, columns }: Layout,
  context: Parameters<typeof columnsWithContent>[1],
): Layout {
  return { byModel: isByModel, columns: columnsWithContent(columns, context) };
}
