import type { SystemFiles } from "./system-files.ts";

/** What tasks wait for. */
export const RESOURCES = ["cpu", "memory", "io"] as const;
export type Resource = (typeof RESOURCES)[number];

/** Of one resource: Linux's pressure stall information, the line `some` (docs.kernel.org/accounting/psi.html). */
export interface Pressure {
  /** Share of the last minute in which at least one task waited for it. */
  readonly lastMinute: number;
  /** The same time since boot, in milliseconds. */
  readonly totalMs: number;
}

/** Undefined where the kernel does not tell: other systems, and Linux without or before it (4.20). */
export function readPressure(files: SystemFiles, resource: Resource): Pressure | undefined {
  const line = files.text(`proc/pressure/${resource}`)?.split("\n", 1)[0] ?? "";
  const [, percent, microseconds] = /^some .*\bavg60=([\d.]+) .*\btotal=(\d+)/.exec(line) ?? [];
  if (percent === undefined || microseconds === undefined) return undefined;
  return { lastMinute: Number(percent) / 100, totalMs: Number(microseconds) / 1000 };
}
