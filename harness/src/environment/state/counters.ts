import { parseCpuTicks, stealShare, type CpuTicks } from "../steal.ts";
import { thisMachine, type Machine } from "./machine.ts";
import { readSwappedPages } from "./memory.ts";
import { readPressure, RESOURCES, type Resource } from "./pressure.ts";
import { readThrottledMs } from "./quota.ts";

/** What the machine has counted since boot, at one time. What it does not count is absent. */
export interface Counters {
  readonly atMs: number;
  readonly ticks: CpuTicks | null;
  readonly pressureMs: Readonly<Partial<Record<Resource, number>>>;
  readonly throttledMs?: number;
  readonly thermalThrottles?: number;
  readonly swappedPages?: { readonly in: number; readonly out: number };
}

/** What happened between two readings. */
export interface Happened {
  /** Share of the processor that the hypervisor gave to other machines; null where unknown. */
  readonly steal: number | null;
  /** Shares of the time in which at least one task of the machine waited for the resource. */
  readonly pressure: Readonly<Partial<Record<Resource, number>>>;
  /** Share of the time for which control groups were held back; 1 where several cores were held back for longer. */
  readonly throttled?: number;
  readonly thermalThrottles?: number;
  readonly swappedPages?: { readonly in: number; readonly out: number };
}

/** Only of what decides whether a block counts: a tenth of a millisecond, between blocks. */
export function readBlockCounters(
  { files, throttleStats, thermalThrottles }: Machine,
  atMs: number,
): Counters {
  const throttledMs = readThrottledMs(files, throttleStats);
  const cpu = readPressure(files, "cpu");
  return {
    atMs,
    ticks: parseCpuTicks(files.text("proc/stat") ?? ""),
    pressureMs: { ...(cpu && { cpu: cpu.totalMs }) },
    ...(throttledMs !== undefined && { throttledMs }),
    ...(thermalThrottles.length > 0 && {
      thermalThrottles: thermalThrottles.reduce((sum, path) => sum + (files.number(path) ?? 0), 0),
    }),
  };
}

/** Of everything. */
export function readCounters(machine: Machine = thisMachine(), atMs = performance.now()): Counters {
  const { files } = machine;
  const swappedPages = readSwappedPages(files);
  return {
    ...readBlockCounters(machine, atMs),
    pressureMs: Object.fromEntries(
      RESOURCES.flatMap((resource) => {
        const pressure = readPressure(files, resource);
        return pressure ? [[resource, pressure.totalMs] as const] : [];
      }),
    ),
    ...(swappedPages && { swappedPages }),
  };
}

/** What can be told of the time between; what only one of the readings has is absent. */
export function happenedBetween(before: Counters, after: Counters): Happened {
  const elapsedMs = after.atMs - before.atMs;
  const throttled = share(before.throttledMs, after.throttledMs, elapsedMs);
  const thermalThrottles = increase(before.thermalThrottles, after.thermalThrottles);
  const swappedIn = increase(before.swappedPages?.in, after.swappedPages?.in);
  const swappedOut = increase(before.swappedPages?.out, after.swappedPages?.out);
  return {
    steal: stealShare(before.ticks, after.ticks),
    pressure: Object.fromEntries(
      RESOURCES.flatMap((resource) => {
        const part = share(before.pressureMs[resource], after.pressureMs[resource], elapsedMs);
        return part === undefined ? [] : [[resource, part] as const];
      }),
    ),
    ...(throttled !== undefined && { throttled }),
    ...(thermalThrottles !== undefined && { thermalThrottles }),
    ...(swappedIn !== undefined && swappedOut !== undefined
      ? { swappedPages: { in: swappedIn, out: swappedOut } }
      : {}),
  };
}

/** Counters start again where a core or a group was taken away meanwhile. */
function increase(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : Math.max(0, after - before);
}

/** Clocks differ by their steps: no share is above 1. */
function share(before: number | undefined, after: number | undefined, elapsedMs: number): number | undefined {
  const part = increase(before, after);
  return part === undefined || elapsedMs <= 0 ? undefined : Math.min(1, part / elapsedMs);
}
