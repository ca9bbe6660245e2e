import { MACHINE_CELLS } from "../statistics/index.ts";
import { CommonOff } from "./common-off.ts";
import type { Facts } from "./history.ts";
import { RunningMedian } from "./running-median.ts";

/** So many earlier figures of a cell tell its level: a change of its own moves it after half of them. */
export const LEVEL_RUNS = 21;

/** One figure of a run, as a logarithm. */
export interface LoggedFigure {
  readonly cell: string;
  readonly log: number;
  /** Whether it helps to tell what the machine did. */
  readonly counts: boolean;
  /** What the cell has for itself: a change of that is none of the machine. */
  readonly facts: Facts;
}

/** One run, parted into what the machine did and what is left of each figure. */
export interface MachineStep {
  /** ln of what the machine takes, times what it took at the beginning. */
  readonly shared: number;
  /** From how many cells that is told; 0 where they were too few, and it is that of the run before. */
  readonly cells: number;
  /** In the order of the figures: without what most cells share. */
  readonly own: readonly number[];
}

/**
 * What the machine did from run to run. A cell is off its level by as much as its figure differs from the median of its last
 * {@link LEVEL_RUNS} figures, of which the machine's share is taken out already; the machine's share of a run is what most cells are
 * off by (see {@link CommonOff}). So neither one cell's change nor that of a third of them moves it, and what stays is a new level of
 * the machine. A cell with another library, browser or kernel than before begins a level anew, and tells nothing in that run, where five
 * others can. A change that most cells have of their own cannot be told from the machine's.
 * @param runs of one machine, the oldest first
 */
export function machineSteps(runs: readonly (readonly LoggedFigure[])[]): MachineStep[] {
  const levels = new Map<string, Level>();
  const common = new CommonOff(LEVEL_RUNS);
  let shared = 0;
  return runs.map((figures) => {
    const off = offLevel(figures, levels);
    const enough = off.length >= MACHINE_CELLS;
    if (enough) shared = common.next(off);
    const own = figures.map(({ log }) => log - shared);
    figures.forEach((figure, i) => levelOf(figure, levels).median.push(own[i] ?? 0));
    return { shared, cells: enough ? off.length : 0, own };
  });
}

/** Of the last own figures of a cell, for as long as its facts are the same. */
interface Level {
  readonly facts: Facts;
  readonly median: RunningMedian;
}

/** How far the figures are off their cells' levels, sorted: of cells that are what they were, where there are enough of these. */
function offLevel(figures: readonly LoggedFigure[], levels: ReadonlyMap<string, Level>): number[] {
  const known = figures.flatMap(({ cell, log, counts, facts }) => {
    const level = counts ? levels.get(cell) : undefined;
    const value = level?.median.value;
    return level && value !== undefined ? [{ off: log - value, isSame: isSame(level.facts, facts) }] : [];
  });
  const same = known.filter((one) => one.isSame);
  const told = same.length >= MACHINE_CELLS ? same : known;
  return told.map(({ off }) => off).toSorted((a, b) => a - b);
}

function levelOf({ cell, facts }: LoggedFigure, levels: Map<string, Level>): Level {
  const known = levels.get(cell);
  if (known && isSame(known.facts, facts)) return known;
  const begun = { facts, median: new RunningMedian(LEVEL_RUNS) };
  levels.set(cell, begun);
  return begun;
}

/** Facts that were kept are one object for as long as they are the same. */
function isSame(one: Facts, other: Facts): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
