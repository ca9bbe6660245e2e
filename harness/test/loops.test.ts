import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectLogits, FLOAT32 } from "@mobilenet-bench/backend";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Loops } from "../src/run/loops.ts";
import { referenceSpinMs } from "../src/run/reference-spin.ts";
import { keptReferences } from "../src/run/references.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-loops-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the loops beside rounds", () => {
  it("are timed, and count from twenty seconds on", () => {
    let skippedMs = 0;
    const loops = new Loops(() => performance.now() + skippedMs);
    const first = loops.read();
    expect(first.spinMs).toBeGreaterThan(0);
    expect(first.readMs).toBeGreaterThan(0);
    expect(first.early).toBe(true);
    skippedMs = 20_000;
    expect(loops.read().early).toBe(false);
  });

  it("give the machine its constant once: by the first run that has readings which count", async () => {
    const set = (spinMs: number | null) => ({ model: "m", set: 0, spinMs, readMs: spinMs });
    expect(await referenceSpinMs(folder, "abc", [])).toBeNull();
    expect(await referenceSpinMs(folder, "abc", [set(null)])).toBeNull();
    expect(await referenceSpinMs(folder, "abc", [set(null), set(0.6), set(0.7), set(0.5)])).toBe(0.6);
    expect(await referenceSpinMs(folder, "abc", [set(0.9)])).toBe(0.6);
    expect(await referenceSpinMs(folder, "def", [set(0.9)])).toBe(0.9);
  });
});

describe("references", () => {
  const model = parseModelName("mobilenet_v1_0.25_32");
  const expected = expectLogits(model, generateWeights(model, 1), syntheticImage(32, 1));
  const { signal } = new AbortController();

  it("are computed once for what they are computed from, and come back to the last bit", async () => {
    let computed = 0;
    const compute = () => {
      computed++;
      return Promise.resolve([expected, { ...expected, noise: Infinity }]);
    };
    const first = await keptReferences(folder, compute)(model, { seed: 1 }, FLOAT32, signal);
    const again = await keptReferences(folder, compute)(model, { seed: 1 }, FLOAT32, signal);
    expect(again).toEqual(first);
    expect(computed).toBe(1);
    await keptReferences(folder, compute)(model, { seed: 2 }, FLOAT32, signal);
    const picture = syntheticImage(32, 9);
    await keptReferences(folder, compute)(model, { seed: 1, picture }, FLOAT32, signal);
    expect(computed).toBe(3);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it("that were torn are computed again", async () => {
    const compute = () => Promise.resolve([expected]);
    await keptReferences(folder, compute)(model, { seed: 1 }, FLOAT32, signal);
    const [name = ""] = await readdir(folder);
    await truncate(join(folder, name), 100);
    expect(await keptReferences(folder, compute)(model, { seed: 1 }, FLOAT32, signal)).toEqual([expected]);
    await expect(
      keptReferences(folder, () => Promise.reject(new Error("not asked")))(
        model,
        { seed: 1 },
        FLOAT32,
        signal,
      ),
    ).resolves.toEqual([expected]);
  });
});
