import { causesOf } from "./causes.ts";
import { scanChanges, type Scan } from "./change-points.ts";
import type {
  Basis,
  Change,
  History,
  HistoryCell,
  HistoryFigure,
  HistoryRun,
  MachineLine,
  Point,
  Series,
} from "./history.ts";
import { levelChanges, type LevelChange } from "./levels.ts";
import { machineSteps, type FiguredCell, type MachineStep } from "./machine-steps.ts";

/** For whoever makes the same history again, with newer runs or without. */
export interface HistoryMemory {
  /** By series, what was found in it, and how far that is for good. */
  readonly scans: ReadonlyMap<string, Scan>;
  /** By line, what the machine did, run by run. */
  readonly steps: ReadonlyMap<string, readonly MachineStep[]>;
}

/** Of no history. */
export const NO_MEMORY: HistoryMemory = { scans: new Map(), steps: new Map() };

/** A history, and what makes the next one quick. */
export interface MadeHistory extends History {
  readonly memory: HistoryMemory;
}

/**
 * What runs say together: the same for the same runs, in whatever order they are given.
 * @param runs each once
 * @param known of a history of the same runs, or all but the newest: what it looked through is not looked through again
 */
export function makeHistory(runs: readonly HistoryRun[], known: HistoryMemory = NO_MEMORY): MadeHistory {
  const inOrder = runs.toSorted(byTime);
  const memory = { scans: new Map<string, Scan>(), steps: new Map<string, readonly MachineStep[]>() };
  const lines = linesOf(inOrder).map((line) => levelled(line, known, memory));
  const machines = Map.groupBy(lines, ({ machine }) => machine);
  const explained = [...machines.values()].flatMap(explain);
  return {
    runs: inOrder,
    series: explained.flatMap(({ series }) => series),
    machines: explained.map(({ line }) => line),
    memory,
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

function hasFigure(cell: HistoryCell): cell is HistoryCell & { readonly figure: HistoryFigure } {
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
  known: HistoryMemory,
  memory: { readonly scans: Map<string, Scan>; readonly steps: Map<string, readonly MachineStep[]> },
): LevelledLine {
  const lineName = [machine, kind, basis].join(" ");
  const before = known.steps.get(lineName);
  // A line without newer runs is what it was.
  const steps = before?.length === runs.length ? before : machineSteps(runs.map(({ cells }) => cells));
  memory.steps.set(lineName, steps);
  const levelsOf = (cell: string, logs: readonly number[]) => {
    const name = `${lineName} ${cell}`;
    const scan = scanChanges(logs, name, known.scans.get(name));
    memory.scans.set(name, scan);
    return levelChanges(logs, scan.found);
  };
  const cells = new Map<string, LoggedSeries>();
  runs.forEach(({ run, cells: figured }, r) => {
    const shared = steps[r]?.shared ?? 0;
    figured.forEach(({ id, figure: { ms, software }, facts }) => {
      const own = Math.log(ms) - shared;
      const series = cells.get(id) ?? begun(id, software, cells);
      series.points.push({ run, ms, ownMs: Math.exp(own), facts });
      series.logs.push(own);
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
    series: Array.from(cells, ([cell, { software, points, logs }]) => {
      return { cell, machine, kind, basis, software, points, levels: levelsOf(cell, logs) };
    }),
  };
}

interface LoggedSeries {
  readonly software: boolean;
  readonly points: Point[];
  /** Of own figures. */
  readonly logs: number[];
}

function begun(cell: string, software: boolean, cells: Map<string, LoggedSeries>): LoggedSeries {
  const series = { software, points: [], logs: [] };
  cells.set(cell, series);
  return series;
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
