import type { History, HistoryCell, HistoryRun } from "./history.ts";
import { momentOf, newestNight } from "./newest-night.ts";
import type { VanishedCell } from "./nominee.ts";

/**
 * Cells that had figures in the night before and have none in this one: those that failed, and those that no run of this night has at
 * all. The night before is told for each machine and suite of this night. What failed then already is not told again.
 * @param tonight ids of the night's runs, all shards of it
 */
export function vanishedCells({ runs }: Pick<History, "runs">, tonight: readonly string[]): VanishedCell[] {
  const ids = new Set(tonight);
  const now = runs.filter(({ id }) => ids.has(id));
  const hadAnywhere = new Set(now.flatMap(({ cells }) => cells.map(({ id }) => id)));
  return [...Map.groupBy(now, groupOf)].flatMap(([group, members]) => {
    const begin = Math.min(...members.map(momentOf));
    const earlier = runs.filter((run) => groupOf(run) === group && momentOf(run) < begin);
    const figured = lastFigures(newestNight(earlier));
    const here = new Map(
      members.flatMap((run) => run.cells.map((cell) => [cell.id, { run, cell }] as const)),
    );
    return [...figured].flatMap(([cell, last]) => {
      const found = here.get(cell);
      if (found) return found.cell.status === "ok" ? [] : [failed(last, found)];
      return hadAnywhere.has(cell) ? [] : [missing(cell, last, members)];
    });
  });
}

function groupOf({ machine, suite }: HistoryRun): string {
  return JSON.stringify([machine, suite]);
}

/** By cell, the run that had it last, where it had a figure in it. */
function lastFigures(runs: readonly HistoryRun[]): ReadonlyMap<string, HistoryRun> {
  const last = new Map<string, HistoryRun>();
  for (const run of runs)
    for (const { id, figure } of run.cells) {
      if (figure) last.set(id, run);
      else last.delete(id);
    }
  return last;
}

function failed(
  last: HistoryRun,
  { run, cell: { id, status, reason } }: { readonly run: HistoryRun; readonly cell: HistoryCell },
): VanishedCell {
  const why = `It ended as ${status}: ${reason ?? "no reason was told."}`;
  return { cell: id, machine: run.machine, last, run, status, why };
}

function missing(cell: string, last: HistoryRun, tonight: readonly HistoryRun[]): VanishedCell {
  const interrupted = tonight.some(({ complete }) => !complete);
  return {
    cell,
    machine: last.machine,
    last,
    why: interrupted
      ? "No run of this night has it, and one was interrupted."
      : "No run of this night has it: it is not in the suite any more, or its shard was not measured.",
  };
}
