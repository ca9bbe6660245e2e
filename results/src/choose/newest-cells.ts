import type { Run } from "../schema.ts";
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
  const newest = new Map<string, NewestCell>();
  /** Suites of which a newer whole run was seen. */
  const seen = new Set<string>();
  for (const run of runs.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))) {
    const { machine } = run.environment;
    // Cells that were chosen by hand are a suite of their own.
    const suite = `${machine} ${run.suite ?? run.id}`;
    for (const cell of cellsOf(run, seen.has(suite))) {
      const key = `${machine} ${cell.id}`;
      if (!newest.has(key)) newest.set(key, cell);
    }
    // What an interrupted run has not, it may only not have come to.
    if (run.complete) seen.add(suite);
  }
  return [...newest.values()];
}

/** None of what depends on the other cells of the run: those that are chosen among may be of several. */
function cellsOf({ cells, environment, id: run }: Run, stale: boolean): NewestCell[] {
  const { machine, dirty } = environment;
  const nothing = new Map<string, never>();
  const figures = { ratios: nothing, ranks: nothing, clocked: nothing, another: nothing };
  return cells.map((cell) => {
    const row = rowOf(cell, { peaks: environment, ...figures });
    return {
      ...row,
      marks: stale ? [...row.marks, STALE] : row.marks,
      software: onSoftwareAdapter(cell),
      machine,
      run,
      ...(dirty !== null && { dirty }),
    };
  });
}
