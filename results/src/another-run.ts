import type { AnotherRun } from "./other-runs.ts";
import type { Run } from "./schema.ts";
import { HISTORY, historyInterval } from "./statistics/index.ts";

/**
 * Within what another run here would be, told from earlier ones of the same cells by the same protocol on the same
 * machine: of a cell that three of them have.
 * @param earlier any runs, in any order; those that are not of this kind, or not before this one, do not count
 * @returns by cell id
 */
export function anotherRun(run: Run, earlier: readonly Run[]): ReadonlyMap<string, AnotherRun> {
  const before = earlier
    .filter((other) => isOfSameKind(other, run) && other.startedAt < run.startedAt && other.id !== run.id)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const figures = new Map<string, AnotherRun>();
  for (const cell of run.cells) {
    if (cell.status !== "ok" || cell.latency.median === 0) continue;
    const medians = before.flatMap((other) => medianOf(other, cell.id) ?? []).slice(-HISTORY.runs);
    const { interval } = historyInterval([...medians, cell.latency.median]);
    if (interval) figures.set(cell.id, { ci95: [...interval], earlierRuns: medians.length });
  }
  return figures;
}

/** Whether figures of both belong to one history. */
export function isOfSameKind(one: Run, other: Run): boolean {
  return (
    one.environment.machine === other.environment.machine &&
    JSON.stringify(one.protocol) === JSON.stringify(other.protocol)
  );
}

function medianOf({ cells }: Run, id: string): number | undefined {
  const cell = cells.find((one) => one.id === id);
  return cell?.status === "ok" && cell.latency.median > 0 ? cell.latency.median : undefined;
}
