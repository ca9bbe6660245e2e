import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summarizeLatency, type TimedBlock } from "../src/latency.ts";
import { uniform } from "@mobilenet-bench/spec";

/** Numbers in [0, 1), the same for the same name. */
function randomOf(name: string): () => number {
  const next = uniform(1, name);
  return () => (next() + 1) / 2;
}

const PROTOCOL = { resamples: 500, p90MinInferences: 64 };

function block(samplesMs: number[], set = 0, excluded?: string): TimedBlock {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  return {
    set,
    round: 0,
    startedAt: "2026-01-01T00:00:00.000Z",
    inferences: samplesMs.length,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    minMs: sorted[0] ?? 0,
    samplesMs,
    steal: null,
    ...(excluded === undefined ? {} : { excluded }),
  };
}

describe("summarizeLatency", () => {
  const random = () => randomOf("test");

  it("takes the median of block medians, not of inferences", () => {
    const blocks = [block([1, 1, 1, 1, 1, 1, 1]), block([5]), block([9])];
    expect(summarizeLatency(blocks, PROTOCOL, random())?.median).toBe(5);
  });

  it("leaves out blocks that a rule excludes, and has no figure where none is left", () => {
    const blocks = [block([1]), block([100], 0, "steal above 5 %")];
    expect(summarizeLatency(blocks, PROTOCOL, random())).toMatchObject({
      median: 1,
      blocks: 1,
      inferences: 1,
    });
    expect(summarizeLatency(blocks.slice(1), PROTOCOL, random())).toBeUndefined();
  });

  it("reports p90 from 64 inferences on", () => {
    const samples = (count: number) => [block(Array.from({ length: count }, (_, i) => i + 1))];
    expect(summarizeLatency(samples(63), PROTOCOL, random())?.p90).toBeNull();
    expect(summarizeLatency(samples(100), PROTOCOL, random())?.p90).toBeCloseTo(90.5, 0);
  });

  it("has an interval that holds the median and lies within the blocks' range", () => {
    const medians = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(medians, { minLength: 1, maxLength: 3 }), (sets) => {
        const blocks = sets.flatMap((set, index) => set.map((ms) => block([ms], index)));
        const latency = summarizeLatency(blocks, PROTOCOL, random());
        const all = sets.flat();
        const [low, high] = latency?.ci95 ?? [NaN, NaN];
        expect(low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(high).toBeLessThanOrEqual(Math.max(...all));
        expect(low).toBeLessThanOrEqual(high);
        expect(latency?.min).toBe(Math.min(...all));
      }),
      { numRuns: 30 },
    );
  });

  it("is the same for the same seed, and narrower with more blocks", () => {
    const noisy = (count: number) => Array.from({ length: count }, (_, i) => block([10 + (i % 5)]));
    const width = (count: number) => {
      const [low, high] = summarizeLatency(noisy(count), PROTOCOL, random())?.ci95 ?? [NaN, NaN];
      return high - low;
    };
    expect(width(10)).toBe(width(10));
    expect(width(200)).toBeLessThan(width(10));
  });

  it("covers the true median about 95 times in a hundred", () => {
    const next = randomOf("coverage");
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const blocks = Array.from({ length: 30 }, () => block([10 + next() + next() + next()]));
      const [low, high] = summarizeLatency(blocks, PROTOCOL, next)?.ci95 ?? [NaN, NaN];
      if (low <= 11.5 && 11.5 <= high) covered++;
    }
    expect(covered).toBeGreaterThan(176);
  });

  it("is wider where processes differ than where only their blocks do", () => {
    const width = (blocks: TimedBlock[]) => {
      const [low, high] = summarizeLatency(blocks, PROTOCOL, random())?.ci95 ?? [NaN, NaN];
      return high - low;
    };
    // The same 48 medians: one level in each of eight sets, or all eight levels in every set.
    const levels = Array.from({ length: 8 }, (_, i) => 10 + i);
    const apart = levels.flatMap((ms, set) => Array.from({ length: 6 }, () => block([ms], set)));
    const mixed = apart.map(({ samplesMs }, i) => block(samplesMs, i % 8));
    expect(width(apart)).toBeGreaterThan(1.2 * width(mixed));
  });
});
