import { median } from "simple-statistics";
import { expect, it } from "vitest";
import { timeBlock } from "../src/block.ts";

it("does not time what the harness does between inferences", async () => {
  const spin = (ms: number) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  const samples = await timeBlock(
    { before: () => spin(5), infer: () => Promise.resolve(spin(1)), after: () => spin(5) },
    9,
  );
  expect(samples).toHaveLength(9);
  expect(median(samples)).toBeGreaterThanOrEqual(1);
  expect(median(samples)).toBeLessThan(5);
});

it("takes no time from a backend's word", async () => {
  const logits = Object.assign(new Float32Array(1), { overriddenDuration: 1e6 });
  const [sample] = await timeBlock({ infer: () => Promise.resolve(logits) }, 1);
  expect(sample).toBeLessThan(1e5);
});
