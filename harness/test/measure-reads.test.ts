import { describe, expect, it } from "vitest";
import { bytesBeyondCaches, measureReads } from "../src/peak/measure-reads.ts";
import { renderReads } from "../src/peak/render-reads.ts";
import type { Outcome, StyleProcess } from "../src/peak/style-process.ts";
import { ENVIRONMENT } from "./support/environment.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const machine = (l3CacheBytes: number | null, memoryBytes = 64 * GIB) => ({
  cpu: { ...ENVIRONMENT.cpu, l3CacheBytes },
  memoryBytes,
});

/** Processes that read ever faster, five times the larger array's rate from the smaller one. */
function scripted(opened: Outcome = { state: "ready" }) {
  const asked: string[] = [];
  const open = (bytes: number): StyleProcess => {
    let turn = 0;
    asked.push(`open ${bytes}`);
    return {
      opened: () => Promise.resolve(opened),
      measure: () => {
        turn++;
        return Promise.resolve({ state: "measured", gmacs: turn * (bytes < MIB ? 5 : 1), kernel: "any" });
      },
      kill: () => {
        asked.push(`kill ${bytes}`);
        return Promise.resolve();
      },
    };
  };
  return { open, asked };
}

describe("measureReads", () => {
  it("has the last of both arrays, one process at a time, and leaves none behind", async () => {
    const { open, asked } = scripted();
    const { cache, memory, missing } = await measureReads(machine(32 * MIB), open);
    expect(asked).toEqual(["open 196608", "kill 196608", `open ${128 * MIB}`, `kill ${128 * MIB}`]);
    expect(memory).toEqual({ bytes: 128 * MIB, gigabytesPerSecond: expect.any(Number) });
    expect(cache?.gigabytesPerSecond).toBe(5 * (memory?.gigabytesPerSecond ?? 0));
    expect(missing).toEqual({});
  });

  it("says why one is missing, and ends its process all the same", async () => {
    const { open, asked } = scripted({ state: "failed", reason: "It died." });
    expect(await measureReads(machine(null, GIB), open)).toEqual({
      missing: { cache: "It died.", memory: "The machine has no room for an array that no cache holds." },
    });
    expect(asked).toEqual(["open 196608", "kill 196608"]);
  });

  it("reads what is several times larger than the last cache, where there is room", () => {
    expect(bytesBeyondCaches(machine(4 * MIB))).toBe(64 * MIB);
    expect(bytesBeyondCaches(machine(33 * MIB + 1))).toBe(133 * MIB);
    expect(bytesBeyondCaches(machine(null))).toBe(256 * MIB);
    expect(bytesBeyondCaches(machine(384 * MIB))).toBeUndefined();
    expect(bytesBeyondCaches(machine(32 * MIB, 512 * MIB))).toBeUndefined();
  });

  it("reads for real, from a cache faster than from memory", { timeout: 60_000 }, async () => {
    const { cache, memory, missing } = await measureReads(machine(16 * MIB));
    expect(missing).toEqual({});
    expect(cache?.gigabytesPerSecond).toBeGreaterThan(memory?.gigabytesPerSecond ?? Infinity);
  });
});

it("prints both, and why one is not there", () => {
  const text = renderReads({
    cache: { bytes: 196_608, gigabytesPerSecond: 61.25 },
    missing: { memory: "It died." },
  });
  expect(text).toMatch(/cache +61\.3 +192 KiB, which a second-level cache holds/);
  expect(text).toMatch(/memory +– +It died\./);
});
