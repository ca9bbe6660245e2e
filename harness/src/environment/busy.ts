import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import { percent } from "@mobilenet-bench/results";

/** Time since boot that each core spent at what, in milliseconds, as `os.cpus()` has it. */
export type CoreTimes = readonly { readonly times: NodeJS.Dict<number> }[];

/** Where core times come from and what waiting is, for tests; the machine's own where left out. */
export interface BusyOptions {
  readonly read?: () => CoreTimes;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** Long enough for the ticks of 10 ms in which systems count. */
const WINDOW_MS = 500;
/** Share of all cores above which somebody else is at work. While it is taken, this process waits. */
const BUSY = 0.2;

/**
 * Says so where other work uses the processor just now. The load average would not do: it tells of the last minutes,
 * this program's own start included, and counts what waits for disks.
 * @returns undefined where the machine is quiet
 */
export async function describeBusy({ read = cpus, wait = setTimeout }: BusyOptions = {}): Promise<
  string | undefined
> {
  const before = read();
  await wait(WINDOW_MS);
  const after = read();
  const used = usedShare(before, after);
  if (used <= BUSY) return undefined;
  const cores = after.length === 1 ? "its core" : `its ${after.length} cores`;
  return `The machine is busy: other work uses ${percent(used)} of ${cores}. Stop it, or expect wide intervals.`;
}

/** The share of all cores' time between two readings in which they were not idle; 0 where nothing is told. */
function usedShare(before: CoreTimes, after: CoreTimes): number {
  const total = sum(after, () => true) - sum(before, () => true);
  const idle = sum(after, isIdle) - sum(before, isIdle);
  return total > 0 ? 1 - idle / total : 0;
}

function sum(cores: CoreTimes, counts: (kind: string) => boolean): number {
  return cores
    .flatMap(({ times }) => Object.entries(times))
    .reduce((total, [kind, ms = 0]) => (counts(kind) ? total + ms : total), 0);
}

function isIdle(kind: string): boolean {
  return kind === "idle";
}
