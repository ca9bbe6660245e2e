import { MACHINE_CELLS } from "../statistics/index.ts";
import { CommonOff } from "./common-off.ts";
import type { Facts, HistoryFigure } from "./history.ts";
import { RunningMedian } from "./running-median.ts";

/** So many earlier figures of a cell tell its level: a change of its own moves it after half of them. */
export const LEVEL_RUNS = 21;

/** A cell with a figure. */
export interface FiguredCell {
  readonly id: string;
  /** One on a software GPU does not help to tell what the machine did. */
  readonly figure: Pick<HistoryFigure, "ms" | "software">;
  /** What the cell has for itself: a change of that is none of the machine. */
  readonly facts: Facts;
}

/** What the machine did up to one run. */
export interface MachineStep {
  /** ln of what the machine takes, times what it took at the beginning: a figure without it is the cell's own. */
  readonly shared: number;
  /** From how many cells that is told; 0 where they were too few, and it is that of the run before. */
  readonly cells: number;
}

/**
 * What the machine did from run to run. A cell is off its level by as much as its figure differs from the median of its last
 * {@link LEVEL_RUNS} figures, of which the machine's share is taken out already; the machine's share of a run is what most cells are
 * off by (see {@link CommonOff}). So neither one cell's change nor that of a third of them moves it, and what stays is a new level of
 * the machine. A cell with another library, browser or kernel than before begins a level anew, and tells nothing in that run, where five
 * others can. A change that most cells have of their own cannot be told from the machine's.
 * @param runs of one machine, the oldest first
 */
export function machineSteps(runs: readonly (readonly FiguredCell[])[]): MachineStep[] {
  const levels = new Map<string, Level>();
  const common = new CommonOff(LEVEL_RUNS);
  let shared = 0;
  return runs.map((figures) => {
    const known = figures.map(({ id }) => levels.get(id));
    const off = offLevel(figures, known);
    const enough = off.length >= MACHINE_CELLS;
    if (enough) shared = common.next(off);
    figures.forEach((figure, i) => {
      levelOf(figure, known[i], levels).median.push(Math.log(figure.figure.ms) - shared);
    });
    return { shared, cells: enough ? off.length : 0 };
  });
}

/** Of the last own figures of a cell, for as long as its facts are the same. */
interface Level {
  readonly facts: Facts;
  readonly median: RunningMedian;
}

/** How far the figures are off their cells' levels, sorted: of cells that are what they were, where there are enough of these. */
function offLevel(figures: readonly FiguredCell[], levels: readonly (Level | undefined)[]): Float64Array {
  const [same, others]: [number[], number[]] = [[], []];
  figures.forEach(({ figure: { ms, software }, facts }, i) => {
    const level = software ? undefined : levels[i];
    const value = level?.median.value;
    if (level && value !== undefined) (isSame(level.facts, facts) ? same : others).push(Math.log(ms) - value);
  });
  return Float64Array.from(same.length >= MACHINE_CELLS ? same : [...same, ...others]).toSorted();
}

function levelOf({ id, facts }: FiguredCell, known: Level | undefined, levels: Map<string, Level>): Level {
  if (known && isSame(known.facts, facts)) return known;
  const begun = { facts, median: new RunningMedian(LEVEL_RUNS) };
  levels.set(id, begun);
  return begun;
}

/** Facts that were kept are one object for as long as they are the same. */
function isSame(one: Facts, other: Facts): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
