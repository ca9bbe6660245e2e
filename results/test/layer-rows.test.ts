import { parseModelName } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { layerBytes, layerRows, networkOf, peakOfCell, rooflineOf } from "../src/cell/index.ts";
import type { Peaks } from "../src/of-peak.ts";
import type { Json, OkCell } from "../src/schema.ts";
import { RUN } from "./run.ts";

const { cpu } = RUN.environment;
const PEAKS: Peaks = { cpu, peak: { "wasm-wide": 50 } };
const MODEL = parseModelName("mobilenet_v1_0.25_128");
const [FIRST] = RUN.cells;
if (FIRST?.status !== "ok") throw new Error("The first cell of the example has figures.");
const CELL: OkCell = { ...FIRST, model: MODEL.name, multAdds: MODEL.multAdds, params: MODEL.params };

/** Of a network whose layers take as many milliseconds as they have million mult-adds: 1e9 mult-adds per second. */
const LAYERS = MODEL.layers
  .filter(({ type }) => type !== "softmax")
  .map(({ name, type, multAdds }) => ({ name, type, multAdds, ms: Math.max(0.01, multAdds / 1e6) }));

const profiled = (
  actual: Record<string, Json> = {},
  layers: NonNullable<OkCell["layers"]> = LAYERS,
): OkCell => ({
  ...CELL,
  layers,
  actual: { threads: 1, precision: "fp32", ...actual },
});

describe("the layers of a cell", () => {
  it("have shares of time and of mult-adds that add up to the whole", () => {
    const rows = layerRows(profiled(), PEAKS);
    expect(rows.map(({ name }) => name)).toEqual(LAYERS.map(({ name }) => name));
    expect(rows.reduce((sum, { shareOfTime }) => sum + shareOfTime, 0)).toBeCloseTo(1, 12);
    expect(rows.reduce((sum, { shareOfMultAdds }) => sum + shareOfMultAdds, 0)).toBeCloseTo(1, 12);
  });

  it("have a rate, and its share of the peak of the threads that ran", () => {
    const first = (actual: Record<string, Json>) => layerRows(profiled(actual), PEAKS)[0];
    expect(first({})?.gmacs).toBeCloseTo(1, 12);
    expect(first({})?.ofPeak).toBeCloseTo(1 / 50, 12);
    expect(first({ threads: 2 })?.ofPeak).toBeCloseTo(1 / 100, 12);
    expect(first({ adapter: { class: "hardware" } })).not.toHaveProperty("ofPeak");
    expect(layerRows(profiled(), { cpu })[0]).not.toHaveProperty("ofPeak");
  });

  it("are none without a profile", () => {
    expect(layerRows(CELL, PEAKS)).toEqual([]);
    expect(rooflineOf(CELL, PEAKS).points).toEqual([]);
  });

  it("of a fused layer are of the type that has most to do", () => {
    const name = "Conv2d_1_depthwise+Conv2d_1_pointwise";
    const fused = [{ name, type: "depthwise+pointwise", multAdds: 10, ms: 1 }];
    expect(layerRows(profiled({}, fused), PEAKS)[0]).toMatchObject({ mainType: "pointwise", gmacs: 1e-5 });
    const unknown = [{ name: "Other", type: "matmul", multAdds: 10, ms: 1 }];
    expect(layerRows(profiled({}, unknown), PEAKS)[0]).toMatchObject({ mainType: "matmul" });
  });
});

describe("the bytes of a layer", () => {
  it("are input, kernel, biases and output, counted by hand", () => {
    // 128×128×3 in, 3×3×3×8 kernel, 8 biases, 64×64×8 out.
    const values = 128 * 128 * 3 + 216 + 64 * 64 * 8;
    expect(layerBytes(MODEL, "Conv2d_0", "fp32")).toBe(4 * values + 4 * 8);
    expect(layerBytes(MODEL, "Conv2d_0", "fp16")).toBe(2 * values + 4 * 8);
    expect(layerBytes(MODEL, "AvgPool", "fp32")).toBe(4 * (4 * 4 * 256 + 256));
  });

  it("leave out what fused layers hand to each other", () => {
    const [one, two] = ["Conv2d_1_depthwise", "Conv2d_1_pointwise"];
    const handed = 2 * 4 * 64 * 64 * 8;
    const apart = (layerBytes(MODEL, one, "fp32") ?? 0) + (layerBytes(MODEL, two, "fp32") ?? 0);
    expect(layerBytes(MODEL, `${one}+${two}`, "fp32")).toBe(apart - handed);
  });

  it("are unknown of layers and formats that are", () => {
    expect(layerBytes(MODEL, "Conv2d_0+Other", "fp32")).toBeUndefined();
    expect(layerBytes(MODEL, "Conv2d_0", "toString")).toBeUndefined();
  });
});

describe("the roofline", () => {
  it("places what has mult-adds by what it does with each byte, and names the rest", () => {
    const { points, peak, notPlaced } = rooflineOf(profiled(), PEAKS);
    expect(notPlaced).toEqual(["AvgPool"]);
    expect(points).toHaveLength(LAYERS.length - 1);
    expect(peak).toEqual({ gmacs: 50, style: "wasm-wide", threads: 1 });
    for (const { intensity, bytes, multAdds } of points) expect(intensity * bytes).toBeCloseTo(multAdds, 3);
    const of = (name: string) => points.find((point) => point.name === name)?.intensity ?? 0;
    expect(of("Conv2d_1_pointwise")).toBeGreaterThan(of("Conv2d_1_depthwise"));
    // Every weight of the classifier is used once.
    expect(of("Logits")).toBeLessThan(0.25);
  });

  it("has a roof of as many threads as ran, and none where that says nothing", () => {
    expect(peakOfCell(profiled({ threads: 2 }), PEAKS)).toEqual({
      gmacs: 100,
      style: "wasm-wide",
      threads: 2,
    });
    expect(rooflineOf(profiled({ adapter: { class: "hardware" } }), PEAKS)).not.toHaveProperty("peak");
  });
});

describe("the roofs of memory", () => {
  const memoryReads = {
    cache: { bytes: 196_608, gigabytesPerSecond: 40 },
    memory: { bytes: 2 ** 28, gigabytesPerSecond: 10 },
    missing: {},
  };
  const roofs = (actual: Record<string, Json>) => rooflineOf(profiled(actual), { ...PEAKS, memoryReads });

  it("end at their ridges, and the lower of both bounds what lies left of its own", () => {
    const { memoryRoofs, points } = roofs({});
    expect(memoryRoofs).toEqual([
      { of: "memory", gigabytesPerSecond: 10, ridge: 5 },
      { of: "cache", gigabytesPerSecond: 40, ridge: 1.25 },
    ]);
    for (const { intensity, gmacs, roof } of points) {
      expect(roof?.of).toBe(intensity < 5 ? "memory" : "peak");
      expect(roof?.share).toBeCloseTo(gmacs / Math.min(50, intensity * 10), 12);
    }
    expect(new Set(points.map(({ roof }) => roof?.of))).toEqual(new Set(["memory", "peak"]));
  });

  it("are those of caches alone with several threads, each with its own", () => {
    const { memoryRoofs, points } = roofs({ threads: 2 });
    expect(memoryRoofs).toEqual([{ of: "cache", gigabytesPerSecond: 80, ridge: 1.25 }]);
    expect(points.some(({ roof }) => roof?.of === "cache")).toBe(true);
  });

  it("are absent where no processor computes, or nothing was measured", () => {
    expect(roofs({ adapter: { class: "hardware" } })).not.toHaveProperty("memoryRoofs");
    const { memoryRoofs, points } = rooflineOf(profiled(), PEAKS);
    expect(memoryRoofs).toBeUndefined();
    for (const point of points) expect(point).not.toHaveProperty("roof");
  });
});

describe("the network of a cell", () => {
  it("has as many classes as its parameters tell", () => {
    const sixteen = parseModelName("mobilenet_v1_0.25_128", 16);
    expect(networkOf({ model: sixteen.name, params: sixteen.params })?.classes).toBe(16);
    expect(networkOf(CELL)?.classes).toBe(1000);
  });

  it("is unknown of other models, and where the parameters are of another one", () => {
    expect(networkOf({ model: "resnet_50", params: 1 })).toBeUndefined();
    expect(networkOf({ model: MODEL.name, params: MODEL.params + 1 })).toBeUndefined();
    expect(networkOf({ model: MODEL.name, params: 1 })).toBeUndefined();
  });
});
