import { COLUMNS, type Column } from "./columns.ts";

/** How the table is laid out. */
export interface Layout {
  /** Whether cells of one model stand under a heading, which says what they share. */
  readonly byModel: boolean;
  readonly columns: readonly Column[];
}

const FIGURES = [COLUMNS.median, COLUMNS.interval, COLUMNS.gmacs, COLUMNS.peak, COLUMNS.coldStart];

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
    COLUMNS.memory,
    COLUMNS.status,
  ],
};

/** From the richest to the poorest: the first that fits a terminal is taken, and the last where none does. */
export const LAYOUTS: readonly Layout[] = [
  FLAT,
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.ratioInterval, ...FIGURES, COLUMNS.status),
  // With the marks as letters: 80 columns are mostly enough for this one.
  byModel(COLUMNS.rank, COLUMNS.ratio, ...FIGURES, COLUMNS.shortStatus),
  byModel(
    COLUMNS.rank,
    COLUMNS.ratio,
    COLUMNS.median,
    COLUMNS.interval,
    COLUMNS.gmacs,
    COLUMNS.peak,
    COLUMNS.shortStatus,
  ),
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, COLUMNS.interval, COLUMNS.gmacs, COLUMNS.shortStatus),
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, COLUMNS.interval, COLUMNS.shortStatus),
  byModel(COLUMNS.rank, COLUMNS.ratio, COLUMNS.median, COLUMNS.shortStatus),
];

function byModel(...columns: readonly Column[]): Layout {
  return { byModel: true, columns: [COLUMNS.backendWithOptions, ...columns] };
}
