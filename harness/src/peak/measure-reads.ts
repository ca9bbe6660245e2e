import { fileURLToPath } from "node:url";
import type { Environment } from "@mobilenet-bench/results";
import { openStyleProcess, type Outcome, type StyleProcess } from "./style-process.ts";

/** What one thread reads at best, as run files have it. */
export type MemoryReads = NonNullable<Environment["memoryReads"]>;
type Read = keyof Omit<MemoryReads, "missing">;
type Machine = Pick<Environment, "cpu" | "memoryBytes">;

const MAIN = fileURLToPath(new URL("../../dist/peak/read-main.js", import.meta.url));

const MIB = 2 ** 20;
/** More than any first-level cache holds (128 KiB at most), less than any second-level one (256 KiB at least). */
const CACHE_BYTES = 192 * 1024;
/** Where the last cache is unknown, it is taken for so large. */
const USUAL_LAST_CACHE = 64 * MIB;
/** Times the last cache, so that next to nothing of the array is in it when its turn comes again. */
const BEYOND = 4;
/** The least and the most, so that it is soon read. */
const [LEAST_BYTES, MOST_BYTES] = [64 * MIB, 1024 * MIB];
/** Of the machine's memory: more may not be free. */
const MOST_OF_MEMORY = 1 / 8;

const NO_ROOM = "The machine has no room for an array that no cache holds.";

/** So that a busy moment does not hit all that is seen. */
const ROUNDS = 6;
const MILLISECONDS = 12;

/**
 * How fast one thread reads an array that a second-level cache holds, and one that none does, over and over: the best of many
 * samples, each checked, one array after the other, each in a process of its own that has ended when this returns.
 */
export async function measureReads(
  machine: Machine,
  open: (bytes: number) => StyleProcess = (bytes) => openStyleProcess(String(bytes), MAIN),
): Promise<MemoryReads> {
  const reads: Partial<Record<Read, NonNullable<MemoryReads[Read]>>> = {};
  const missing: Record<string, string> = {};
  const sizes: Readonly<Record<Read, number | undefined>> = {
    cache: CACHE_BYTES,
    memory: bytesBeyondCaches(machine),
  };
  for (const name of ["cache", "memory"] as const) {
    const bytes = sizes[name];
    const rate = bytes === undefined ? NO_ROOM : await rateOf(open(bytes));
    if (bytes !== undefined && typeof rate === "number") reads[name] = { bytes, gigabytesPerSecond: rate };
    else missing[name] = String(rate);
  }
  return { ...reads, missing };
}

/** @returns undefined where there is no room for so many */
export function bytesBeyondCaches({ cpu: { l3CacheBytes }, memoryBytes }: Machine): number | undefined {
  const wanted = BEYOND * (l3CacheBytes ?? USUAL_LAST_CACHE);
  const bytes = Math.ceil(Math.max(LEAST_BYTES, wanted) / MIB) * MIB;
  return bytes > MOST_BYTES || bytes > memoryBytes * MOST_OF_MEMORY ? undefined : bytes;
}

function canMeasure({ state }: Outcome): boolean {
  return state === "ready" || state === "measured";
}

/** 1e9 bytes per second, or why it is not known. */
async function rateOf(process: StyleProcess): Promise<number | string> {
  try {
    let outcome = await process.opened();
    for (let round = 0; round < ROUNDS && canMeasure(outcome); round++)
      outcome = await process.measure({ milliseconds: MILLISECONDS });
    if (outcome.state === "measured") return outcome.gmacs;
    return outcome.state === "ready" ? "It was not measured." : outcome.reason;
  } finally {
    await process.kill();
  }
}
