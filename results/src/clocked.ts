import { median } from "simple-statistics";
import { onDevice } from "./on-device.ts";
import type { Clocked } from "./other-runs.ts";
import type { Block, OkCell, Run } from "./schema.ts";
import { atReferenceClock, type ClockedSet } from "./statistics/index.ts";

/** In less time the clock hardly changes, and an interval over sets says nothing of another run: eight sets, half a minute apart. */
const SPREAD_MS = 4 * 60_000;
const MIN_SETS = 2;

/**
 * The figures of a run at the machine's reference clock: those that are laid beside figures of other runs. Only cells
 * that a processor computed have one, and only where their sets take up four minutes or more, each with the way to the next.
 * @returns by cell id; nothing where the run has no loops, as older ones
 */
export function clockedFigures(run: Pick<Run, "cells" | "loops">): ReadonlyMap<string, Clocked> {
  const figures = new Map<string, Clocked>();
  const { referenceSpinMs = null } = run.loops ?? {};
  if (referenceSpinMs === null) return figures;
  for (const [id, sets] of clockedSets(run)) {
    const { value, interval } = atReferenceClock(sets, referenceSpinMs);
    if (interval) figures.set(id, { ms: value, ci95: [...interval], sets: sets.length });
  }
  return figures;
}

/**
 * What such figures rest on: two sets or more of each cell, with what the spin loop took beside them.
 * @returns by cell id
 */
export function clockedSets({
  cells,
  loops,
}: Pick<Run, "cells" | "loops">): ReadonlyMap<string, readonly ClockedSet[]> {
  const clocked = new Map<string, readonly ClockedSet[]>();
  if (!loops) return clocked;
  const spins = new Map(loops.sets.map(({ model, set, spinMs }) => [`${model} ${set}`, spinMs]));
  for (const cell of cells) {
    if (cell.status !== "ok" || onDevice(cell.actual)) continue;
    const counted = cell.blocks.filter(({ excluded }) => excluded === undefined);
    const sets = setsOf(cell, counted, spins);
    if (sets.length >= MIN_SETS && spreadMs(counted) >= SPREAD_MS) clocked.set(cell.id, sets);
  }
  return clocked;
}

function setsOf(
  { model }: OkCell,
  blocks: readonly Block[],
  spins: ReadonlyMap<string, number | null>,
): ClockedSet[] {
  return [...Map.groupBy(blocks, ({ set }) => set)].flatMap(([set, members]) => {
    const spinMs = spins.get(`${model} ${set}`) ?? 0;
    const medianMs = median(members.map((block) => block.medianMs));
    return spinMs > 0 && medianMs > 0 ? { medianMs, spinMs } : [];
  });
}

/**
 * How many sets there are times how far they are apart in the mean, by the clock of the day: what a run takes that goes through its cells
 * once per set. 0 or less where the clock was set back.
 */
function spreadMs(blocks: readonly Block[]): number {
  const begins = [...Map.groupBy(blocks, ({ set }) => set).values()].map(([first]) =>
    Date.parse(first?.startedAt ?? ""),
  );
  const [first, last] = [begins.at(0), begins.at(-1)];
  return first === undefined || last === undefined
    ? 0
    : (begins.length * (last - first)) / (begins.length - 1);
}
