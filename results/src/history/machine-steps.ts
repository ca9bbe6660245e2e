import { MACHINE_CELLS } from "../statistics/index.ts";
import { RunningMedian } from "./running-median.ts";

/** So many earlier figures of a cell tell its level: a change of its own moves it after half of them. */
export const LEVEL_RUNS = 21;

/** One figure of a run, as a logarithm. */
export interface LoggedFigure {
  readonly cell: string;
  readonly log: number;
  /** Whether it helps to tell what the machine did. */
  readonly counts: boolean;
}

/** One run, parted into what the machine did and what is left of each figure. */
export interface MachineStep {
  /** ln of what the machine takes, times what it took at the beginning. */
  readonly shared: number;
  /** From how many cells that is told; 0 where they were too few, and it is that of the run before. */
  readonly cells: number;
  /** In the order of the figures: without what the *other* cells share. */
  readonly own: readonly number[];
}

/**
 * What the machine did from run to run. A cell is off its level by as much as its figure differs from the median of its last
 * {@link LEVEL_RUNS} figures, of which the machine's share is taken out already; the machine's share of a run is the median of that
 * over all cells. So neither one cell's change nor that of a few moves it, and what stays is a new level of the machine. A change that
 * most cells have of their own cannot be told from the machine's.
 * @param runs of one machine, the oldest first
 */
export function machineSteps(runs: readonly (readonly LoggedFigure[])[]): MachineStep[] {
  const levels = new Map<string, RunningMedian>();
  let shared = 0;
  return runs.map((figures) => {
    const told = offLevel(figures, levels);
    const enough = told.length >= MACHINE_CELLS;
    if (enough) shared = medianWithout(told);
    const others = figures.map(() => shared);
    if (enough)
      told.forEach(({ place }, i) => {
        others[place] = medianWithout(told, i);
      });
    const own = figures.map(({ log }, i) => log - (others[i] ?? shared));
    figures.forEach(({ cell }, i) => levelOf(cell, levels).push(own[i] ?? 0));
    return { shared, cells: enough ? told.length : 0, own };
  });
}

interface Off {
  /** Among the figures of its run. */
  readonly place: number;
  readonly off: number;
}

/** How far the figures are off their cells' levels, the smallest first. */
function offLevel(figures: readonly LoggedFigure[], levels: ReadonlyMap<string, RunningMedian>): Off[] {
  return figures
    .flatMap(({ cell, log, counts }, place) => {
      const level = counts ? levels.get(cell)?.value : undefined;
      return level === undefined ? [] : [{ place, off: log - level }];
    })
    .toSorted((a, b) => a.off - b.off);
}

function levelOf(cell: string, levels: Map<string, RunningMedian>): RunningMedian {
  const known = levels.get(cell) ?? new RunningMedian(LEVEL_RUNS);
  levels.set(cell, known);
  return known;
}

/** Of sorted values, all or without that at one index. */
function medianWithout(sorted: readonly Off[], left?: number): number {
  const at = (i: number) => sorted[left !== undefined && i >= left ? i + 1 : i]?.off ?? 0;
  const count = sorted.length - (left === undefined ? 0 : 1);
  const middle = count >> 1;
  return count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}
