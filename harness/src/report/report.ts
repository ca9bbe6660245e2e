import {
  anotherRun,
  clockedFigures,
  comparableCells,
  fitLatency,
  ranksOf,
  ratiosOf,
  rowId,
  rowOf,
  type Cell,
  type Fit,
  type Peaks,
  type Run,
  type TableContext,
  type TableFigures,
  type TableRow,
} from "@mobilenet-bench/results";
import { UsageError } from "../usage-error.ts";
import { sortCells } from "./sort-cells.ts";

/** A run with all that is derived from it: what every form shows. */
export interface Report extends TableContext, TableFigures {
  readonly peaks: Peaks;
  readonly run: Run;
  /** In the order of tables. */
  readonly cells: readonly Cell[];
  /** Of the same cells, in the same order. */
  readonly rows: readonly TableRow[];
  readonly fits: readonly Fit[];
  /** The numbers of the parts that measured a cell, from 1, by its id; empty where the run is in one piece. */
  readonly partsOf: ReadonlyMap<string, readonly number[]>;
}

/** What of a run is shown, and against what. */
export interface ReportOptions {
  /** The cells that are shown, where it is not all; lines are fitted through all of the run. */
  readonly shown?: readonly Cell[];
  /** What ratios are to, in place of each model's fastest: a cell id without its model; `/node` may be left out. */
  readonly base?: string;
  /** Earlier runs, by which it is told how far another would be off. */
  readonly earlier?: readonly Run[];
}

/** @throws UsageError where no cell that is shown is the base */
export function reportOf(run: Run, { shown = run.cells, base, earlier = [] }: ReportOptions = {}): Report {
  const row = base === undefined ? undefined : withTarget(base);
  const ratios = ratiosOf(shown, row);
  if (row !== undefined && ratios.size === 0) {
    const known = [...new Set(comparableCells(shown).flat().map(rowId))];
    const remedy =
      known.length > 0
        ? `Use ${known.join(", ")}.`
        : "Nothing that is shown can be a base: leave --base out.";
    throw new UsageError(`Nothing was measured on "${base}". ${remedy}`);
  }
  const cells = sortCells(shown);
  const figures: TableFigures = {
    peaks: run.environment,
    ratios,
    ranks: ranksOf(shown),
    clocked: clockedFigures(run),
    another: anotherRun(run, earlier),
  };
  return {
    ...figures,
    run,
    cells,
    rows: cells.map((cell) => rowOf(cell, figures)),
    ...(row !== undefined && { base: row }),
    fits: fitLatency(sortCells(run.cells)),
    partsOf: partsByCell(run),
  };
}

function withTarget(base: string): string {
  return base.includes("/") ? base : base.replace(/(?=\?|$)/, "/node");
}

function partsByCell({ parts = [] }: Run): Map<string, number[]> {
  const byCell = new Map<string, number[]>();
  for (const [i, { cells }] of parts.entries())
    for (const id of cells) byCell.set(id, [...(byCell.get(id) ?? []), i + 1]);
  return byCell;
}
