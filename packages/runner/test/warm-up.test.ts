import { describe, expect, it } from "vitest";
import { timeBlock } from "../src/block.ts";
import { inferencesPerBlock, warmUp } from "../src/warm-up.ts";

const PROTOCOL = { warmUp: { tolerance: 0.2, capMs: 60_000 }, blockMs: 8 };

/** Busy for the given time: what is timed must not be a timer's own granularity. */
function spin(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return Promise.resolve();
}

describe("warmUp", () => {
  it("ends as stable once successive blocks agree, and not before what is slow at first has settled", async () => {
    let calls = 0;
    const infer = () => spin(++calls <= 6 ? 32 / 2 ** calls : 0.5);
    const result = await warmUp((count) => timeBlock({ infer }, count), PROTOCOL);
    expect(result.stable).toBe(true);
    expect(result.inferences).toBe(calls);
    expect(calls).toBeGreaterThan(6);
    expect(result.medianMs).toBeLessThan(3);
  });

  it("gives up at the cap and says so", async () => {
    let calls = 0;
    let clock = 0;
    const infer = () => spin(0.2 * ++calls);
    const result = await warmUp(
      (count) => timeBlock({ infer }, count),
      { warmUp: { tolerance: 1e-9, capMs: 5 }, blockMs: 1 },
      () => clock++,
    );
    expect(result.stable).toBe(false);
    expect(clock).toBeGreaterThan(5);
  });
});

describe("inferencesPerBlock", () => {
  it("fills the block, with one inference at least", () => {
    expect(inferencesPerBlock(10, 100)).toBe(10);
    expect(inferencesPerBlock(30, 100)).toBe(4);
    expect(inferencesPerBlock(1750, 100)).toBe(1);
  });
});
