import { newestPlaces, type DatedRun } from "../newest-places.ts";
import type { Cell, Run } from "../schema.ts";
import { onSoftwareAdapter } from "../software-adapter.ts";
import { rowOf, STALE, type TableRow } from "../table/index.ts";
import type { ChoosableCell } from "./offer.ts";

/** A cell's newest figure, and what it is of. */
export type NewestCell = TableRow & ChoosableCell & { readonly machine: string; readonly run: string };

/**
 * The newest that runs tell of every cell on every machine. What the newest whole run of its suite no longer has is carried over
 * and marked as stale.
 * @param runs in any order, each once
 */
export function newestCells(runs: readonly Run[]): NewestCell[] {
  return [...newestPlaces(runs, datedRunOf).values()].flatMap((places) =>
    [...places].flatMap(([id, { run, stale }]) =>
      run.cells.filter((cell) => cell.id === id).map((cell) => cellOf(cell, run, stale)),
    ),
  );
}

function datedRunOf(run: Run): DatedRun {
  const { id, startedAt, suite, shard, complete, environment, cells } = run;
  const { machine } = environment;
  const ids = cells.map((cell) => cell.id);
  return { id, startedAt, machine, suite, ...(shard && { shard }), complete, cells: ids };
}

/** None of what depends on the other cells of the run: those that are chosen among may be of several. */
function cellOf(cell: Cell, { id: run, environment }: Run, stale: boolean): NewestCell {
  const { machine, dirty } = environment;
  const nothing = new Map<string, never>();
  const figures = { ratios: nothing, ranks: nothing, clocked: nothing, another: nothing };
  const row = rowOf(cell, { peaks: environment, ...figures });
  return {
    ...row,
    marks: stale ? [...row.marks, STALE] : row.marks,
    software: onSoftwareAdapter(cell),
    machine,
    run,
    ...(dirty !== null && { dirty }),
  };
}
