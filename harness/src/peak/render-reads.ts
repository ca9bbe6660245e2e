import { significant } from "@mobilenet-bench/results";
import { plainTable, trimLines } from "../report/table.ts";
import type { MemoryReads } from "./measure-reads.ts";

const READS = {
  cache: "which a second-level cache holds",
  memory: "which no cache holds",
} as const;

/** What `mnb peak` prints beneath the styles. */
export function renderReads(reads: MemoryReads): string {
  const table = plainTable(["left", "right", "left"]);
  table.push(["reads from", "GB/s", ""]);
  for (const name of ["cache", "memory"] as const) {
    const read = reads[name];
    if (read === undefined) table.push([name, "–", reads.missing[name] ?? "It was not measured."]);
    else table.push([name, significant(read.gigabytesPerSecond), `${sizeOf(read.bytes)}, ${READS[name]}`]);
  }
  return trimLines(table.toString());
}

function sizeOf(bytes: number): string {
  const kibibytes = bytes / 1024;
  return kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`;
}
