import { expect, it, vi } from "vitest";
import { measureReads, type MemoryReads } from "../src/peak/measure-reads.ts";
import { startRun } from "../src/run/run.ts";
import { startOf } from "./support/start.ts";

const READS: MemoryReads = {
  cache: { bytes: 196_608, gigabytesPerSecond: 61 },
  missing: { memory: "It died." },
};

vi.mock(import("../src/peak/peak.ts"), async (original) => ({
  ...(await original()),
  measurePeaks: () => Promise.resolve([]),
}));
vi.mock(import("../src/peak/measure-reads.ts"), async (original) => ({
  ...(await original()),
  measureReads: vi.fn<typeof measureReads>(() => Promise.resolve(READS)),
}));

it.each([
  [true, READS],
  [false, undefined],
])("a run that takes peaks (%s) keeps what was read before its cells", async (peaks, reads) => {
  const { protocol, seed, picture, weights, keepSamples, profile, strict, browser } = startOf();
  const settings = { protocol, seed, picture, weights, keepSamples, profile, strict, browser, peaks };
  const plan = { suite: null, protocol: "quick", cells: [], demands: [] } as const;
  const { folder, part } = await startRun(plan, { ...settings, output: "/nowhere" });
  try {
    await part.end();
    expect(folder.start.environment.memoryReads).toEqual(reads);
    const { cpu } = folder.start.environment;
    if (peaks) expect(measureReads).toHaveBeenCalledWith(expect.objectContaining({ cpu }));
  } finally {
    await folder.remove();
  }
});
