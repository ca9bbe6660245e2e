import type { SystemFiles } from "./system-files.ts";

const MOUNT = "sys/fs/cgroup";

/** Of the control groups of this process: its own and all above it, each of which may have a bound. */
export interface Quota {
  /** Cores' worth of time that the tightest of them allows; undefined where none bounds it. */
  readonly cores?: number;
  /** Where those that are held back count for how long. */
  readonly stats: readonly string[];
}

/**
 * cgroup v2 has `cpu.max` and `cpu.stat`, v1 `cpu.cfs_quota_us` and `cpu.stat`. A container sees its own group as the
 * root of what is mounted.
 */
export function findQuota(files: SystemFiles): Quota {
  const folders = groupsOf(files);
  const bounds = folders.flatMap((folder) => boundOf(files, folder) ?? []);
  return {
    ...(bounds.length > 0 && { cores: Math.min(...bounds) }),
    stats: folders
      .map((folder) => `${folder}/cpu.stat`)
      .filter((path) => throttledMsIn(files, path) !== undefined),
  };
}

/** Time since boot for which groups were held back, added up over groups and cores; undefined where none counts. */
export function readThrottledMs(files: SystemFiles, stats: readonly string[]): number | undefined {
  const counted = stats.flatMap((path) => throttledMsIn(files, path) ?? []);
  return counted.length > 0 ? counted.reduce((sum, ms) => sum + ms, 0) : undefined;
}

/** From the group of this process to the root of what is mounted; what is not visible reads as nothing. */
function groupsOf(files: SystemFiles): string[] {
  const lines = files.text("proc/self/cgroup")?.split("\n") ?? [];
  const groups = lines.map((line) => /^\d+:([^:]*):(.*)$/.exec(line)).filter((match) => match !== null);
  const legacy = groups.find(([, controllers = ""]) => controllers.split(",").includes("cpu"));
  const [, controllers = "", path] = legacy ?? groups.find(([, names]) => names === "") ?? [];
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return parts
    .map((_, i) => parts.slice(0, parts.length - i))
    .concat([[]])
    .map((kept) => [MOUNT, controllers, ...kept].filter((part) => part !== "").join("/"));
}

function throttledMsIn(files: SystemFiles, path: string): number | undefined {
  const stat = files.text(path) ?? "";
  const [, microseconds] = /^throttled_usec (\d+)$/m.exec(stat) ?? [];
  const [, nanoseconds] = /^throttled_time (\d+)$/m.exec(stat) ?? [];
  if (microseconds !== undefined) return Number(microseconds) / 1e3;
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e6;
}

/** In cores; "max", and −1 in the older form, are none. */
function boundOf(files: SystemFiles, folder: string): number | undefined {
  const [quota, period] = files.text(`${folder}/cpu.max`)?.split(" ").map(Number) ?? [
    files.number(`${folder}/cpu.cfs_quota_us`),
    files.number(`${folder}/cpu.cfs_period_us`),
  ];
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
}
