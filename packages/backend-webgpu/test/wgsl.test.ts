import { create } from "webgpu";
import { afterAll, describe, expect, it } from "vitest";
import { createModel } from "@mobilenet-bench/spec";
import { planGroups } from "../src/plan.ts";
import { TILE_SETS } from "../src/kernels/table.ts";

/**
 * Dawn's null backend compiles and validates without a device that could compute: also what no adapter here has,
 * such as shader-f16.
 */
const gpu = create(["backend=null"]);
/** An instance that is collected before its devices takes the process along. */
const kept = new Set([gpu]);
const adapter = await gpu.requestAdapter();
if (!adapter) throw new Error("Dawn has no null backend");
const device = await adapter.requestDevice({ requiredFeatures: ["shader-f16", "subgroups"] });
afterAll(() => {
  device.destroy();
  kept.clear();
});

const MODELS = [
  createModel({ alpha: 1, resolution: 224 }),
  createModel({ alpha: 0.35, resolution: 193, classes: 1 }),
  createModel({ alpha: 1.4, resolution: 128, classes: 7, shallow: true }),
  createModel({ alpha: 0.75, resolution: 160, conv: true }),
  createModel({ alpha: 0.5, resolution: 96, activation: "relu", padding: "symmetric", outputStride: 16 }),
];

/** What the device says against a shader. */
async function errorOf(wgsl: string): Promise<string | undefined> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code: wgsl });
  device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
  return (await device.popErrorScope())?.message;
}

describe.each(["f32", "f16"] as const)("%s: every kernel of every candidate is valid WGSL", (storage) => {
  it.each(["hardware", "software", "quads"] as const)("%s tiles", { timeout: 120_000 }, async (set) => {
    const kernels = MODELS.flatMap((model) => planGroups(model, TILE_SETS[set], storage)).flatMap(
      ({ candidates }) => candidates.flat().map(({ kernel }) => kernel),
    );
    const texts = new Map(kernels.map(({ wgsl, name }) => [wgsl, name]));
    expect(texts.size).toBeGreaterThan(20);
    for (const [wgsl, name] of texts) expect([name, await errorOf(wgsl)]).toEqual([name, undefined]);
  });
});

it("a shader that is wrong is refused", async () => {
  expect(await errorOf("@compute @workgroup_size(1) fn main() { let x: f32 = 1u; }")).toMatch(/f32/);
  expect(await errorOf("@compute @workgroup_size(512) fn main() {}")).toMatch(/512/);
});
