import * as fc from "fast-check";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { checkLayers, compare, expectLayers, FLOAT16, FLOAT32, type LayerMode } from "../src/index.ts";
import { noiseBound } from "../src/correctness/noise.ts";
import { naiveBackend } from "./support/naive-backend.ts";
import { HALF, SINGLE } from "./support/naive.ts";

const model = createModel({ alpha: 0.2, resolution: 40, classes: 10 });
const weights = generateWeights(model);
const image = syntheticImage(40);
const [convolution, depthwise, pointwise] = model.layers;
const pool = model.layers.find(({ type }) => type === "pool")!;

describe("the signal-to-noise ratio", () => {
  const values = Float64Array.of(3, -4);

  it("is that of the energies, in dB", () => {
    const { snrDb, leastSnrDb } = compare(Float32Array.of(3, -3.5), {
      values,
      bound: Float64Array.of(1, 1),
      noise: 2.5,
    });
    expect(snrDb).toBeCloseTo(20, 12);
    expect(leastSnrDb).toBeCloseTo(10, 12);
  });

  it("is left out where nothing differs, where there is no signal, and where a value is not finite", () => {
    const bound = Float64Array.of(1, 1);
    for (const [actual, expected] of [
      [[3, -4], values],
      [[0.5, 0], new Float64Array(2)],
      [[NaN, -4], values],
      [[Infinity, -4], values],
      [[3], values],
    ] as const)
      expect(compare(Float32Array.from(actual), { values: expected, bound, noise: 1 })).not.toHaveProperty(
        "snrDb",
      );
  });

  it("survives JSON whatever is compared", () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { minLength: 1 }), fc.array(fc.float()), (expected, actual) => {
        const finite = Float64Array.from(expected, (value) => (Number.isFinite(value) ? value : 0));
        const { snrDb, leastSnrDb } = compare(Float32Array.from(actual), {
          values: finite,
          bound: finite.map(() => 1),
          noise: 1,
        });
        expect(JSON.stringify([snrDb ?? 0, leastSnrDb ?? 0])).not.toContain("null");
      }),
    );
  });
});

describe("the bound of the noise", () => {
  const ones = (length: number) => new Float64Array(length).fill(1);
  const [height, width, channels] = pointwise!.output;
  const size = height * width * channels;

  it("allows more where errors are shared: by a channel's pixels, by a pixel's channels, by neighbours", () => {
    const own = new Float64Array(size);
    const bound = ones(size);
    const shared = (norm: number) => (Math.sqrt(size) + 6 * Math.sqrt(norm)) ** 2;
    expect(noiseBound(pointwise!, { own: bound }, bound)).toBeCloseTo(shared(height * width), 6);
    expect(noiseBound(pointwise!, { own, input: bound }, bound)).toBeCloseTo(shared(channels), 6);
    const plane = ones(depthwise!.output[0] * depthwise!.output[1] * depthwise!.output[2]);
    expect(noiseBound(depthwise!, { own: plane.map(() => 0), input: plane }, plane)).toBeCloseTo(
      (Math.sqrt(plane.length) + 6 * Math.sqrt(9)) ** 2,
      6,
    );
  });

  it("counts the pixels that a convolution of stride 2 shares as fewer", () => {
    const [height, width, channels] = convolution!.output;
    const some = ones(height * width * channels);
    expect(noiseBound(convolution!, { own: some.map(() => 0), input: some }, some)).toBeCloseTo(
      (Math.sqrt(some.length) + 6 * Math.sqrt(4 * channels)) ** 2,
      6,
    );
  });

  it("takes the pool's channels one by one, and leaves out what a clamp cuts off", () => {
    const some = ones(pool.output[2]);
    expect(noiseBound(pool, { own: some.map(() => 0), input: some }, some)).toBeCloseTo(
      (Math.sqrt(some.length) + 6) ** 2,
      6,
    );
    expect(noiseBound(pool, { own: some, input: some }, new Float64Array(some.length))).toBe(0);
  });

  it.each([
    ["float32", SINGLE, { fed: 15, chained: 20 }],
    ["float16 with float32 sums", HALF, { fed: 10, chained: 9 }],
  ] as const)("leaves an independent implementation in %s room", async (_, rounding, leastRoom) => {
    const session = await naiveBackend(undefined, rounding).load(model, weights);
    const { ok, comparisons } = await checkLayers(session, model, weights, image);
    expect(ok).toBe(true);
    const room = (mode: LayerMode) =>
      Math.min(
        ...comparisons
          .filter((comparison) => comparison.mode === mode)
          .map(({ snrDb = Infinity, leastSnrDb = -Infinity }) => snrDb - leastSnrDb),
      );
    expect(room("fed")).toBeGreaterThan(leastRoom.fed);
    expect(room("chained")).toBeGreaterThan(leastRoom.chained);
  });

  it("leaves room on a blank picture, whose pixels all round alike", async () => {
    const session = await naiveBackend().load(model, weights);
    for (const grey of [0, 0.3, 1]) {
      const { ok } = await checkLayers(session, model, weights, new Float32Array(image.length).fill(grey));
      expect(ok).toBe(true);
    }
  });

  it("catches an error that is small in every element", () => {
    const { fed } = expectLayers(model, weights, image, FLOAT32).get("Conv2d_9_pointwise")!;
    const worst = fed.values.map((value, i) => value + (value > 0 && value < 5.9 ? 0.5 * fed.bound[i]! : 0));
    const elementwise = compare(Float32Array.from(worst), { ...fed, noise: Infinity });
    expect(elementwise.ok).toBe(true);
    const check = compare(Float32Array.from(worst), fed);
    expect(check.ok).toBe(false);
    expect(check.reason).toMatch(
      /^Each element is within its bound, but all errors together are [\d.]+ times/,
    );
  });

  it("is wider in float16, and finite", () => {
    const single = expectLayers(model, weights, image, FLOAT32);
    for (const [name, { fed, chained }] of expectLayers(model, weights, image, FLOAT16)) {
      expect(fed.noise).toBeGreaterThan(single.get(name)!.fed.noise);
      expect(chained.noise).toBeGreaterThan(single.get(name)!.chained.noise);
      expect(Number.isFinite(fed.noise + chained.noise)).toBe(true);
    }
  });
});
