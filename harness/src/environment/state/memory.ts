import type { SystemFiles } from "./system-files.ts";

/** What programs can have without swapping (`MemAvailable`, proc(5)); undefined where nobody tells. */
export function readAvailableMemory(files: SystemFiles): number | undefined {
  const [, kilobytes] = /^MemAvailable:\s*(\d+) kB$/m.exec(files.text("proc/meminfo") ?? "") ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Pages since boot that were read from swap and written there; undefined where nobody tells. */
export function readSwappedPages(files: SystemFiles): { in: number; out: number } | undefined {
  const text = files.text("proc/vmstat") ?? "";
  const [, read] = /^pswpin (\d+)$/m.exec(text) ?? [];
  const [, written] = /^pswpout (\d+)$/m.exec(text) ?? [];
  return read === undefined || written === undefined ? undefined : { in: Number(read), out: Number(written) };
}
