import { readFileSync } from "node:fs";

/**
 * How many processes the kernel has killed since it started because memory ran out; undefined where it does not say
 * (Linux does since 4.13).
 */
export function countOomKills(): number | undefined {
  try {
    const [, count] = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8")) ?? [];
    return count === undefined ? undefined : Number(count);
  } catch {
    return undefined;
  }
}

/**
 * Whether the kernel may have killed a process that was ended by SIGKILL, and not by us. Where it does not count, nobody
 * else is likely to kill like that.
 */
export function mayBeOomKill(before: number | undefined): boolean {
  const now = countOomKills();
  return before === undefined || now === undefined || now > before;
}
