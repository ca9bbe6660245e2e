import {
  environmentChanges,
  newestNight,
  nominate,
  parseCellId,
  vanishedCells,
  type Change,
  type CellKey,
  type EnvironmentChange,
  type History,
  type HistoryRun,
  type MachineLine,
  type Nominee,
  type Series,
  type VanishedCell,
} from "@mobilenet-bench/results";
import { machineNamed } from "../plan/machine-named.ts";
import { UsageError } from "../usage-error.ts";

/** Series that stand beside each other, and what the machine did to all of them. */
export interface ReportedLine {
  readonly line: MachineLine;
  readonly series: readonly Series[];
}

/** A change of one of the series that are shown, or of the machine where there is none. */
export interface ReportedChange {
  readonly cell?: string;
  readonly run: HistoryRun;
  readonly change: Change;
}

/** What all forms show: one machine, and the series that were chosen. */
export interface HistoryReport {
  readonly machine: string;
  readonly otherMachines: readonly string[];
  /** Of the machine, the oldest first. */
  readonly runs: readonly HistoryRun[];
  readonly lines: readonly ReportedLine[];
  /** The newest first. */
  readonly changes: readonly ReportedChange[];
  /** The newest first. */
  readonly environment: readonly EnvironmentChange[];
  /** Of the newest night. */
  readonly nominees: readonly Nominee[];
  readonly vanished: readonly VanishedCell[];
  /** What made figures that were not measured. */
  readonly simulated: readonly string[];
}

/** What is shown of a history. */
export interface HistoryChoice {
  readonly isChosen: (cell: CellKey & { readonly id: string }) => boolean;
  /** An id of a machine, or the beginning of one; that of the newest run without it. */
  readonly machine?: string;
  /** The first day that is shown, as `2026-11-22`. Levels and changes are told from all runs. */
  readonly since?: string;
}

/** @throws UsageError where there is no run, not exactly one such machine, or no such cell */
export function reportOfHistory(
  history: History,
  { isChosen, machine, since = "" }: HistoryChoice,
): HistoryReport {
  const newest = history.runs.at(-1);
  if (!newest)
    throw new UsageError("There is no stored run. Make one with mnb run, or name a folder with --runs.");
  const machines = [...new Set(history.runs.map((run) => run.machine))];
  const id = machine === undefined ? newest.machine : machineNamed(machines, machine);
  const isShown = (cell: string) => isChosen({ id: cell, ...parseCellId(cell) });
  const all = history.series.filter((series) => series.machine === id);
  const chosen = all.filter(({ cell }) => isShown(cell));
  const series = chosen.flatMap((one) => cutBefore(one, since));
  if (series.length === 0) throw new UsageError("No series fits. Leave a filter out.");
  const runs = history.runs.filter((run) => run.machine === id);
  const tonight = newestNight(runs).map((run) => run.id);
  const lines = history.machines
    .filter((line) => line.machine === id)
    .map((line) => ({
      line: lineSince(line, since),
      series: series.filter(({ kind, basis }) => kind === line.kind && basis === line.basis),
    }))
    .filter((line) => line.series.length > 0);
  return {
    machine: id,
    otherMachines: machines.filter((one) => one !== id),
    runs: runs.filter(({ startedAt }) => startedAt >= since),
    lines,
    changes: changesIn(lines),
    environment: environmentChanges({ series: all })
      .filter(({ run }) => run.startedAt >= since)
      .toReversed(),
    nominees: nominate({ series: all }, tonight).filter(({ cell }) => isShown(cell)),
    vanished: vanishedCells({ runs }, tonight).filter(({ cell }) => isShown(cell)),
    simulated: [...new Set(runs.flatMap(({ simulated }) => simulated ?? []))],
  };
}

/** The points from that day on, with the changes among them. */
function cutBefore(series: Series, since: string): Series[] {
  const points = series.points.filter(({ run }) => run.startedAt >= since);
  if (points.length === 0) return [];
  return [{ ...series, points, changes: shifted(series.changes, series.points.length - points.length) }];
}

function lineSince(line: MachineLine, since: string): MachineLine {
  const points = line.points.filter(({ run }) => run.startedAt >= since);
  return { ...line, points, changes: shifted(line.changes, line.points.length - points.length) };
}

/** A change at the first point that is shown has nothing before it. */
function shifted(changes: readonly Change[], by: number): Change[] {
  return changes.map((change) => ({ ...change, at: change.at - by })).filter(({ at }) => at > 0);
}

function changesIn(lines: readonly ReportedLine[]): ReportedChange[] {
  const changes = lines.flatMap(({ line, series }) => [
    ...placed(line),
    ...series.flatMap((one) => placed(one).map((change) => ({ ...change, cell: one.cell }))),
  ]);
  return changes.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1));
}

function placed({ points, changes }: Pick<Series | MachineLine, "points" | "changes">): ReportedChange[] {
  return changes.flatMap((change) => {
    const run = points[change.at]?.run;
    return run ? [{ run, change }] : [];
  });
}
