import { readFileSync } from "node:fs";

/**
 * The largest resident set that this process had, in bytes. On Linux it is the kernel's high-water mark of this very
 * address space (`VmHWM`, proc(5)): `ru_maxrss` survives `exec` there (getrusage(2)), so that of a child is at least
 * what its parent held when it was forked.
 * @param status where the kernel tells it
 */
export function peakRssBytes(status = "/proc/self/status"): number {
  const kilobytes = process.platform === "linux" ? highWaterMark(status) : undefined;
  return (kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}

function highWaterMark(path: string): number | undefined {
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(path, "utf8")) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes);
}
