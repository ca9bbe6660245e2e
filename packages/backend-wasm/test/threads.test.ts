import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { describe, expect, it } from "vitest";

const model = createModel({ alpha: 0.3, resolution: 75, classes: 21 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

describe("threads", () => {
  it("give bitwise the same logits and layers, whatever their number", async () => {
    const results = [];
    for (const threads of [1, 2, 3, 5]) {
      const session = await wasm.load(model, weights, { threads });
      const layers = await session.layerOutputs?.(image);
      results.push({ logits: await session.infer(image), layers });
      await session.dispose();
    }
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it("more than rows and panels", async () => {
    const tiny = createModel({ alpha: 0.01, resolution: 32, classes: 1 });
    const weights = generateWeights(tiny);
    const image = syntheticImage(32);
    const single = await wasm.load(tiny, weights);
    const many = await wasm.load(tiny, weights, { threads: 9 });
    expect(await many.infer(image)).toEqual(await single.infer(image));
    await many.dispose();
    await single.dispose();
  });

  it("do not run between inferences", async () => {
    const session = await wasm.load(model, weights, { threads: 2 });
    await session.infer(image);
    await sleep(50);
    const before = process.cpuUsage();
    await sleep(500);
    const { user, system } = process.cpuUsage(before);
    await session.dispose();
    // A spinning thread would use 500 000 µs.
    expect(user + system).toBeLessThan(250_000);
  });

  it("leave nothing behind when disposed, however often", async () => {
    const before = handles();
    const sizes = [];
    for (let i = 0; i < 50; i++) {
      const session = await wasm.load(model, weights, { threads: 3 });
      if (i % 10 === 0) await session.infer(image);
      await session.dispose();
      await session.dispose();
      if (i % 10 === 9) sizes.push(process.memoryUsage().rss);
    }
    expect(handles()).toEqual(before);
    // Fifty copies of this session's memory and stacks would be several hundred megabytes.
    expect((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)).toBeLessThan(100 * 2 ** 20);
  }, 60_000);
});

function handles() {
  return process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name));
}

function sleep(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
