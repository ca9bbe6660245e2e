import { findClocks } from "./frequency.ts";
import { findThermalThrottles } from "./heat.ts";
import { findQuota } from "./quota.ts";
import { systemFiles, type SystemFiles } from "./system-files.ts";

/** What a machine tells and where, found once: what is not there costs nothing when the rest is read. */
export interface Machine {
  readonly files: SystemFiles;
  readonly clocks: readonly string[];
  readonly thermalThrottles: readonly string[];
  /** Where control groups that have a quota count for how long they were held back. */
  readonly throttleStats: readonly string[];
  /** Cores' worth of time that the quota allows, where there is one. */
  readonly quotaCores?: number;
}

/** Looks at what these files tell. */
export function examineFiles(files: SystemFiles): Machine {
  const { cores, stats } = findQuota(files);
  return {
    files,
    clocks: findClocks(files),
    thermalThrottles: findThermalThrottles(files),
    throttleStats: stats,
    ...(cores !== undefined && { quotaCores: cores }),
  };
}

let here: Machine | undefined;

/** The one that this process runs on. */
export function thisMachine(): Machine {
  here ??= examineFiles(systemFiles());
  return here;
}
