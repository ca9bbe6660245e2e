import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { wasm } from "@mobilenet-bench/backend-wasm";
import {
  createPeakKernel,
  createReadKernel,
  LEVELS,
  revectorizationRefusal,
} from "@mobilenet-bench/backend-wasm/peak";
import { describe, expect, it, vi } from "vitest";

const refusal = revectorizationRefusal();
const model = createModel({ alpha: 0.25, resolution: 48, classes: 10 });
const weights = generateWeights(model);

describe("levels", () => {
  it.skipIf(refusal)(
    `wide is off again for what is loaded after it${refusal ? `: ${refusal.reason}` : ""}`,
    async () => {
      const image = syntheticImage(48);
      const before = await wasm.load(model, weights, { simd: "relaxed" });
      const wide = await wasm.load(model, weights, { simd: "wide" });
      const after = await wasm.load(model, weights, { simd: "relaxed" });
      expect(wide.actual["simd"]).toBe("wide");
      expect(wide.actual["widening"]).toBeGreaterThan(1.4);
      expect(after.actual["simd"]).toBe("relaxed");
      // Both fuse each multiply-add and sum in the same order.
      expect(await wide.infer(image)).toEqual(await before.infer(image));
      for (const session of [before, wide, after]) await session.dispose();
    },
  );

  it("the default is the best that needs no flag, and says which", async () => {
    const session = await wasm.load(model, weights);
    expect(session.actual["simd"]).toMatch(/^(baseline|relaxed)$/);
    expect(Object.keys(session.actual["kernels"] ?? {})).toEqual(
      model.layers.slice(0, -1).map(({ name }) => name),
    );
    await session.dispose();
  });

  it("an engine without SIMD is refused with the reason", async () => {
    const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    expect(await wasm.availability()).toMatchObject({
      available: false,
      reason: expect.stringMatching(/SIMD/),
    });
    await expect(wasm.load(model, weights)).rejects.toThrow(/no WebAssembly SIMD/);
    validate.mockRestore();
  });

  it("wide is refused where a program cannot set V8's flags", async () => {
    const builtin = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    await expect(wasm.load(model, weights, { simd: "wide" })).rejects.toThrow(/only Node/);
    builtin.mockRestore();
  });

  it("threads are refused where memory cannot be shared", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    await expect(wasm.load(model, weights, { threads: 2 })).rejects.toThrow(/cross-origin isolated/);
    vi.unstubAllGlobals();
  });
});

describe("peak kernels", () => {
  it.each(LEVELS.filter((level) => level !== "wide" || !refusal))(
    "%s counts every multiply-add, and notices a run that did nothing",
    async (level) => {
      const kernel = await createPeakKernel(level);
      expect(kernel.verify()).toBe(false);
      await kernel.run();
      expect(kernel.verify()).toBe(true);
      expect(kernel.verify()).toBe(false);
      expect(kernel.multAdds % 48).toBe(0);
    },
  );
});

it("a read kernel reads every byte, and notices a run that did nothing", async () => {
  const kernel = await createReadKernel(3 * 65_536);
  expect(kernel.verify()).toBe(false);
  kernel.run();
  expect(kernel.verify()).toBe(true);
  expect(kernel.verify()).toBe(false);
  expect(kernel.bytes).toBe(3 * 65_536);
});
