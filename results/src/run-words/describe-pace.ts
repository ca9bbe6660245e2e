import type { Run } from "../schema.ts";
import { duration, percent, significant } from "../table/index.ts";

/** How the clock went while a run was measured, and how much of its time was measuring: a line each, as far as known. */
export function describePace({ loops, time }: Pick<Run, "loops" | "time">): string[] {
  return [...(loops ? clockLines(loops) : []), ...(time && time.cellsMs > 0 ? [timeLine(time)] : [])];
}

function clockLines({ referenceSpinMs, sets }: NonNullable<Run["loops"]>): string[] {
  const spins = sets.flatMap(({ spinMs }) => spinMs ?? []);
  const reads = sets.flatMap(({ readMs }) => readMs ?? []);
  if (referenceSpinMs === null || spins.length === 0) return [];
  const faster = spins.map((spinMs) => referenceSpinMs / spinMs - 1);
  const clock = `clock ${signed(Math.min(...faster))} … ${signed(Math.max(...faster))} % against the reference`;
  return [`${clock} (spin loop ${range(spins)} ms)`, `memory: 8 MiB were read in ${range(reads)} ms`];
}

function timeLine({ cellsMs, timedMs }: NonNullable<Run["time"]>): string {
  return `measuring ${percent(timedMs / cellsMs)} of ${duration(cellsMs)}; the rest: loading, warming up, checks, pauses`;
}

/** In per cent; a minus as it is set. */
function signed(fraction: number): string {
  const per = (fraction * 100).toFixed(1);
  if (Number(per) === 0) return "0.0";
  return per.startsWith("-") ? per.replace("-", "−") : `+${per}`;
}

function range(values: readonly number[]): string {
  return `${significant(Math.min(...values))} … ${significant(Math.max(...values))}`;
}
