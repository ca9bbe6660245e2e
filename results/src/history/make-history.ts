import { causesOf } from "./causes.ts";
import { scanChanges, type Scan } from "./change-points.ts";
import type {
  Basis,
  Change,
  Facts,
  History,
  HistoryCell,
  HistoryFigure,
  HistoryRun,
  MachineLine,
  Series,
} from "./history.ts";
import { levelChanges, type LevelChange } from "./levels.ts";
import { machineSteps } from "./machine-steps.ts";

/** By series, how far it was looked through for good: for whoever makes the same history again with newer runs. */
export type Scans = ReadonlyMap<string, Scan>;

/** A history, and what makes the next one quick. */
export interface MadeHistory extends History {
  readonly scans: Scans;
}

/**
 * What runs say together: the same for the same runs, in whatever order they are given.
 * @param runs each once
 * @param known of a history of the same runs but for the newest ones: what it looked through is not looked through again
 */
export function makeHistory(runs: readonly HistoryRun[], known: Scans = new Map()): MadeHistory {
  const inOrder = runs.toSorted(byTime);
  const scans = new Map<string, Scan>();
  const lines = linesOf(inOrder).map((line) => levelled(line, known, scans));
  const machines = Map.groupBy(lines, ({ machine }) => machine);
  const explained = [...machines.values()].flatMap(explain);
  return {
    runs: inOrder,
    series: explained.flatMap(({ series }) => series),
    machines: explained.map(({ line }) => line),
    scans,
  };
}

/** Runs of one moment in the order of their ids, so that there is but one order. */
function byTime(a: HistoryRun, b: HistoryRun): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** What may be laid beside each other: one machine, one kind of run, one basis. */
interface Line {
  readonly machine: string;
  readonly kind: string;
  readonly basis: Basis;
  readonly runs: { readonly run: HistoryRun; readonly cells: readonly FiguredCell[] }[];
}

interface FiguredCell extends HistoryCell {
  readonly figure: HistoryFigure;
}

function linesOf(runs: readonly HistoryRun[]): Line[] {
  const lines = new Map<string, Line>();
  for (const run of runs) {
    const { machine, kind } = run;
    const byBasis = Map.groupBy(run.cells.filter(hasFigure), ({ figure }) => figure.basis);
    for (const [basis, cells] of byBasis) {
      const key = `${machine} ${kind} ${basis}`;
      const line: Line = lines.get(key) ?? { machine, kind, basis, runs: [] };
      lines.set(key, line);
      line.runs.push({ run, cells });
    }
  }
  return [...lines.values()];
}

function hasFigure(cell: HistoryCell): cell is FiguredCell {
  return cell.figure !== undefined;
}

/** A series before its causes are known. */
interface Levelled extends Omit<Series, "changes"> {
  readonly levels: readonly LevelChange[];
}

interface LevelledLine extends Omit<MachineLine, "changes"> {
  readonly levels: readonly LevelChange[];
  readonly series: readonly Levelled[];
}

/** Parts the machine's share from the cells' own, and looks for changes in both. */
function levelled(
  { machine, kind, basis, runs }: Line,
  known: Scans,
  scans: Map<string, Scan>,
): LevelledLine {
  const steps = machineSteps(
    runs.map(({ cells }) =>
      cells.map(({ id, figure: { ms, software }, facts }) => ({
        cell: id,
        log: Math.log(ms),
        counts: !software,
        facts,
      })),
    ),
  );
  const levelsOf = (cell: string, logs: readonly number[]) => {
    const name = [machine, kind, basis, cell].join(" ");
    const scan = scanChanges(logs, name, known.get(name));
    scans.set(name, scan);
    return levelChanges(logs, scan.found);
  };
  const cells = new Map<string, { software: boolean; points: LoggedPoint[] }>();
  runs.forEach(({ run, cells: figured }, r) => {
    figured.forEach(({ id, figure: { ms, software }, facts }, i) => {
      const own = steps[r]?.own[i] ?? Math.log(ms);
      const series = cells.get(id) ?? { software, points: [] };
      cells.set(id, series);
      series.points.push({ run, ms, ownMs: Math.exp(own), facts, own });
    });
  });
  return {
    machine,
    kind,
    basis,
    points: runs.map(({ run }, r) => ({
      run,
      ratio: Math.exp(steps[r]?.shared ?? 0),
      cells: steps[r]?.cells ?? 0,
    })),
    levels: levelsOf(
      "",
      steps.map(({ shared }) => shared),
    ),
    series: Array.from(cells, ([cell, { software, points }]) => {
      const logs = points.map(({ own }) => own);
      return { cell, machine, kind, basis, software, points, levels: levelsOf(cell, logs) };
    }),
  };
}

interface LoggedPoint {
  readonly run: HistoryRun;
  readonly ms: number;
  readonly ownMs: number;
  readonly facts: Facts;
  readonly own: number;
}

/** The lines of one machine, all changes with their causes. */
function explain(lines: readonly LevelledLine[]): { line: MachineLine; series: Series[] }[] {
  const causes = causesOf(lines.flatMap(({ series }) => series));
  const changed = (of: Levelled | LevelledLine): Change[] =>
    of.levels.map(({ at, step, p }) => ({ at, ratio: Math.exp(step), p, causes: causes(of, at) }));
  return lines.map((line) => {
    const { machine, kind, basis, points, series } = line;
    return {
      line: { machine, kind, basis, points, changes: changed(line) },
      series: series.map((one) => {
        const { levels: _, ...rest } = one;
        return { ...rest, changes: changed(one) };
      }),
    };
  });
}
