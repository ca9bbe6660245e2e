import {
  clockedFigures,
  ranksOf,
  ratiosOf,
  rowOf,
  type Run,
  type TableFigures,
  type TableRow,
} from "@mobilenet-bench/results";
import type { Latest } from "../../src/data/latest.ts";
import type { CellFigure } from "../../src/pages/cell-data.ts";
import { cellData } from "../cell-pages.tsx";
import { machineFactsOf } from "../facts-of.ts";
import { latestOf } from "../latest-of.ts";
import { newestFigures, type MachineFigures } from "../newest-figures.ts";

/** A run of which a report or a chart is made. */
export interface ReportedRun {
  /** With the cells that are shown, and no others. */
  readonly run: Run;
  /** The name of its file. */
  readonly file: string;
  /** How many of its cells are not shown. */
  readonly leftOut: number;
}

/** A run with all that its section and its charts are drawn from. */
export interface RunData extends ReportedRun {
  /** As the pages of the site have it: its cells in the order of tables, lines through them, ranks among them. */
  readonly latest: Latest;
  /** Of the same cells, in the same order, as the terminal's table has them. */
  readonly rows: readonly TableRow[];
  /** Likewise, whole. */
  readonly cells: readonly CellFigure[];
}

/** Derives all of it, as the site does; a run by itself, so nothing in it is of another. */
export async function runData(reported: ReportedRun): Promise<RunData> {
  const { run, file } = reported;
  const { machines } = await newestFigures([{ run, file }]);
  const figures = machines[0] ?? withoutCells(run);
  const latest = latestOf(figures);
  const whole = new Map(
    [...cellData([figures])].flatMap(({ id, figures: of }) => of.map((one) => [id, one] as const)),
  );
  return {
    ...reported,
    latest,
    rows: rowsOf(run, latest),
    cells: latest.cells.flatMap(({ id }) => whole.get(id) ?? []),
  };
}

function withoutCells({ environment }: Run): MachineFigures {
  return { machine: machineFactsOf(environment), figures: new Map(), earlier: new Map() };
}

function rowsOf(run: Run, { cells }: Latest): TableRow[] {
  const figures: TableFigures = {
    peaks: run.environment,
    ratios: ratiosOf(run.cells),
    ranks: ranksOf(run.cells),
    clocked: clockedFigures(run),
    another: new Map(),
  };
  const rows = new Map(run.cells.map((cell) => [cell.id, rowOf(cell, figures)]));
  return cells.flatMap(({ id }) => rows.get(id) ?? []);
}
