import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  convolutionLayer,
  denseLayer,
  elements,
  isComputed,
  poolLayer,
  type Layer,
  type Shape,
} from "@mobilenet-bench/spec";
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import { hasOperation } from "@mobilenet-bench/backend";
import { COMPUTES, type WebGpuLayer } from "../src/computes.ts";
import type { Kernel } from "../src/kernels/kernel.ts";
import { fusedKernel, layerKernel } from "../src/kernels/ops.ts";
import { ALL_TILES, TILE_SETS } from "../src/kernels/table.ts";
import { tileName, type Tile } from "../src/kernels/tile.ts";
import { fault, openDevice, random, randomCase, runKernel } from "./support/run-kernel.ts";

const availability = await webgpu.availability();
if (!availability.available)
  process.stderr.write(`skipped: kernels of webgpu: ${availability.reason} ${availability.remedy}\n`);
const device = availability.available ? await openDevice() : undefined;
afterAll(() => device?.destroy());

/** Compiling a shader with barriers takes seconds on a software adapter. */
const TIMEOUT_MS = 120_000;
/** More shapes, and every tile with barriers, are tried in the nightly run. */
const NIGHTLY = process.env["MNB_NIGHTLY"] !== undefined;
/** Shapes of each tile: every one is a shader to compile. */
const OF_TILE = NIGHTLY ? 4 : 1;
/** Shapes of kernels for which tiles do not matter, or are drawn too. */
const MANY = NIGHTLY ? 8 : 4;
const RUNS: Readonly<Record<Tile["kind"], number>> = {
  shared: 1,
  direct: OF_TILE,
  scratch: OF_TILE,
  quad: OF_TILE,
};
/** What the device cannot run: printed, since reporters count skipped tests without naming them. */
const hasQuads = device?.has("subgroups") ?? false;
if (device && !hasQuads) process.stderr.write("skipped: kernels with quads: the adapter has no subgroups\n");
const runnable = (tiles: readonly Tile[]) => tiles.filter(({ kind }) => hasQuads || kind !== "quad");

const computed = (layer: Layer): WebGpuLayer => {
  if (!isComputed(layer) || !hasOperation(layer, COMPUTES)) throw new Error(`${layer.type} is not computed`);
  return layer;
};
const convolve = (
  type: "convolution" | "depthwise" | "pointwise",
  input: Shape,
  stride: number,
  channels: number,
) =>
  computed(
    convolutionLayer({ name: type, type, kernel: type === "pointwise" ? 1 : 3, stride, input, channels }),
  );

/** Below, at and above vectors and tiles, and primes. */
const channels = fc.constantFrom(1, 3, 4, 5, 8, 13, 16, 31, 37, 64, 67);
const side = fc.constantFrom(1, 2, 3, 5, 7, 8, 11, 15);
const plane = fc.tuple(side, side, channels);
const stride = fc.constantFrom(1, 2);
const seed = fc.integer();

/** What a kernel of one layer, or of two, computes wrongly. */
async function check(layers: readonly Layer[], kernel: Kernel, seed: number): Promise<string | undefined> {
  if (!device) throw new Error("no device");
  const cases = layers.map((layer) => randomCase(layer, seed));
  const input = random(elements(layers[0]!.input), seed, "input", 3);
  return fault(cases, input, await runKernel(device, kernel, cases, input));
}

describe.skipIf(!device)("kernels compute what the spec defines", () => {
  const names = (tiles: readonly Tile[]) => [
    ...new Map(tiles.map((tile) => [tileName(tile), tile])).entries(),
  ];
  /** Of those with barriers a large one without a split, and a small one with many. */
  const some = names(ALL_TILES).filter(
    ([, { kind }], index) => NIGHTLY || kind !== "shared" || index % 6 === 0,
  );

  it.each(some.filter(([, tile]) => runnable([tile]).length > 0))(
    "pointwise, %s",
    { timeout: TIMEOUT_MS },
    async (_, tile) => {
      const property = fc.asyncProperty(plane, channels, seed, async (input, out, seed) => {
        const layer = convolve("pointwise", input, 1, out);
        expect(await check([layer], layerKernel(layer, tile, "f32"), seed)).toBeUndefined();
      });
      await fc.assert(property, { numRuns: RUNS[tile.kind] });
    },
  );

  it.each(names(runnable([...TILE_SETS.software.convolution, ...TILE_SETS.quads.convolution])))(
    "convolution, %s",
    { timeout: TIMEOUT_MS },
    async (_, tile) => {
      const property = fc.asyncProperty(plane, stride, channels, seed, async (input, stride, out, seed) => {
        const layer = convolve("convolution", input, stride, out);
        expect(await check([layer], layerKernel(layer, tile, "f32"), seed)).toBeUndefined();
      });
      await fc.assert(property, { numRuns: RUNS[tile.kind] });
    },
  );

  it.each(names(runnable([...TILE_SETS.software.separable, ...TILE_SETS.quads.separable])))(
    "separable, %s",
    { timeout: TIMEOUT_MS },
    async (_, tile) => {
      const property = fc.asyncProperty(plane, stride, channels, seed, async (input, stride, out, seed) => {
        const first = convolve("depthwise", input, stride, input[2]);
        const second = convolve("pointwise", first.output, 1, out);
        expect(await check([first, second], fusedKernel(first, second, tile, "f32"), seed)).toBeUndefined();
      });
      await fc.assert(property, { numRuns: RUNS[tile.kind] });
    },
  );

  it("convolution of an image", { timeout: TIMEOUT_MS }, async () => {
    const tiles = fc.constantFrom(
      ...runnable([...TILE_SETS.software.convolution, ...TILE_SETS.quads.convolution]),
    );
    const property = fc.asyncProperty(
      fc.tuple(side, side),
      stride,
      channels,
      tiles,
      seed,
      async ([height, width], stride, out, tile, seed) => {
        const layer = convolve("convolution", [height, width, 3], stride, out);
        expect(await check([layer], layerKernel(layer, tile, "f32"), seed)).toBeUndefined();
      },
    );
    await fc.assert(property, { numRuns: MANY });
  });

  it("depthwise, pool and dense", { timeout: TIMEOUT_MS }, async () => {
    const tile: Tile = { kind: "direct", rows: 1, columns: 1 };
    const property = fc.asyncProperty(plane, stride, channels, seed, async (input, stride, out, seed) => {
      const depthwise = convolve("depthwise", input, stride, input[2]);
      const pool = computed(poolLayer("pool", input));
      const dense = computed(denseLayer("dense", [1, 1, input[2]], out));
      for (const layer of [depthwise, pool, dense])
        expect(await check([layer], layerKernel(layer, tile, "f32"), seed)).toBeUndefined();
    });
    await fc.assert(property, { numRuns: MANY });
  });

  it("more depth than a chunk of shared memory, with a split", { timeout: TIMEOUT_MS }, async () => {
    // A chunk is 1024 / 14 = 73 vectors of depth here: three of them, the last one short.
    const tile: Tile = { kind: "shared", pixels: 14, vectors: 2, rows: 2, columns: 1, split: 3 };
    const first = convolve("depthwise", [5, 6, 605], 1, 605);
    const second = convolve("pointwise", first.output, 1, 11);
    expect(await check([first, second], fusedKernel(first, second, tile, "f32"), 1)).toBeUndefined();
  });

  it.each<Tile>([
    { kind: "shared", pixels: 1, vectors: 1, rows: 1, columns: 1, split: 1 },
    { kind: "scratch", rows: 1, columns: 1 },
  ])("more workgroups than one axis holds: $kind", { timeout: TIMEOUT_MS }, async (tile) => {
    const side = tile.kind === "shared" ? 263 : 523;
    const layer = convolve("pointwise", [side, side, 1], 1, 2);
    const kernel = layerKernel(layer, tile, "f32");
    expect(kernel.workgroups[2]).toBeGreaterThan(1);
    expect(await check([layer], kernel, 1)).toBeUndefined();
  });

  it("classifier", { timeout: TIMEOUT_MS }, async () => {
    const [tile] = TILE_SETS.hardware.classifier;
    const pool = computed(poolLayer("pool", [3, 5, 37]));
    const dense = computed(denseLayer("dense", pool.output, 71));
    expect(await check([pool, dense], fusedKernel(pool, dense, tile!, "f32"), 1)).toBeUndefined();
  });
});

describe.skipIf(!device)("a broken kernel is caught", () => {
  const first = convolve("depthwise", [9, 7, 10], 1, 10);
  const second = convolve("pointwise", first.output, 1, 9);
  const kernel = fusedKernel(first, second, { kind: "scratch", rows: 4, columns: 2 }, "f32");

  it("and one that is not passes", { timeout: TIMEOUT_MS }, async () => {
    expect(await check([first, second], kernel, 1)).toBeUndefined();
  });

  it.each([
    ["a missing clamp", "clamp(sum0_0, vec4f(0), vec4f(6))", "sum0_0"],
    ["a shifted pad", "% 7u) * 1 - 1", "% 7u) * 1 - 0"],
    ["a swapped channel", "x0[1] * w1_0", "x0[2] * w1_0"],
    ["a missing bias", "bias[column0]", "vec4f(0)"],
    ["rows that nobody writes", "row + 2u < 63u", "row + 2u < 62u"],
  ])("%s", { timeout: TIMEOUT_MS }, async (_, right, wrong) => {
    expect(kernel.wgsl).toContain(right);
    const broken = { ...kernel, wgsl: kernel.wgsl.replace(right, wrong) };
    expect(await check([first, second], broken, 1)).toBeDefined();
  });
});
