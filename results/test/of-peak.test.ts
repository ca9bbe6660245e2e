import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { abovePeak, denominatorOf, ofPeak, type Peaks } from "../src/of-peak.ts";
import type { Json, OkCell } from "../src/schema.ts";
import { readRun } from "../src/store/store.ts";
import { RUN } from "./run.ts";

const { cpu } = RUN.environment; // Of two cores.
const PEAK = { "wasm-wide": 65, "native-onnxruntime": 120 };
const check = (denominator: NonNullable<Peaks["peakCheck"]>["denominator"]) => ({
  before: PEAK,
  after: PEAK,
  missing: {},
  denominator,
});
const PEAKS: Peaks = { cpu, peak: PEAK, peakCheck: check({ style: "native-onnxruntime" }) };

function cell(gmacs: number, actual: Record<string, Json> = {}): OkCell {
  const [first] = RUN.cells;
  if (first?.status !== "ok") throw new Error("The first cell of the example has figures.");
  return { ...first, gmacs, actual: { threads: 1, precision: "fp32", ...actual } };
}

describe("ofPeak", () => {
  it("is the share of the denominator's peak, and names it", () => {
    expect(ofPeak(cell(60), PEAKS)).toEqual({ fraction: 0.5, style: "native-onnxruntime", threads: 1 });
  });

  it("takes the peak once per thread that ran, never more often than there are cores", () => {
    expect(ofPeak(cell(120, { threads: 2 }), PEAKS)).toMatchObject({ fraction: 0.5, threads: 2 });
    expect(ofPeak(cell(120, { threads: 64 }), PEAKS)).toMatchObject({ fraction: 0.5, threads: 2 });
  });

  it("is of the multiply–adds that were executed, where the backend says so", () => {
    const { multAdds } = cell(1);
    expect(ofPeak(cell(160, { executedMultAdds: multAdds / 2 }), PEAKS)?.fraction).toBeCloseTo(2 / 3, 12);
  });

  it.each<[string, Record<string, Json>]>([
    ["a GPU", { adapter: { class: "hardware", vendor: "nvidia" } }],
    ["a software GPU", { adapter: { class: "software", vendor: "google" } }],
    ["a GPU behind ONNX Runtime", { providers: { CUDAExecutionProvider: 32 } }],
    ["half precision", { precision: "fp16" }],
    ["integers", { precision: "int8" }],
  ])("says nothing of %s: the peaks are a processor's, in float32", (_, actual) => {
    expect(ofPeak(cell(60, actual), PEAKS)).toBeUndefined();
  });

  it("goes on with processors that ONNX Runtime names, and with float64", () => {
    expect(ofPeak(cell(60, { providers: { CPUExecutionProvider: 32 } }), PEAKS)).toBeDefined();
    expect(ofPeak(cell(60, { adapter: null, precision: "fp64" }), PEAKS)).toBeDefined();
  });

  it("is not told where the peaks disagreed, or none was measured", () => {
    expect(ofPeak(cell(60), { ...PEAKS, peakCheck: check({ refused: "They are apart." }) })).toBeUndefined();
    expect(ofPeak(cell(60), { cpu })).toBeUndefined();
    expect(ofPeak(cell(60), { cpu, peak: {} })).toBeUndefined();
  });
});

it("finds the cells that are faster than the fastest code", () => {
  const cells = [cell(119), { ...cell(121), id: "too/fast/node" }, ...RUN.cells.slice(1)];
  expect(abovePeak(cells, PEAKS)).toEqual([
    { id: "too/fast/node", fraction: 121 / 120, style: "native-onnxruntime", threads: 1 },
  ]);
});

describe("files from before peaks were taken twice", async () => {
  it("name the best style that they recorded", () => {
    expect(denominatorOf({ cpu, peak: { "scalar-js": 5, "wasm-wide": 58, "wasm-relaxed": 29 } })).toEqual({
      style: "wasm-wide",
      gmacs: 58,
    });
  });

  const data = fileURLToPath(new URL("../data/", import.meta.url));
  const names = (await readdir(data)).filter((name) => name.endsWith(".json"));
  it.each(names)("%s has fractions, none above 100 %%", async (name) => {
    const { cells, environment } = await readRun(data + name);
    const known = cells.flatMap((one) => (one.status === "ok" ? (ofPeak(one, environment) ?? []) : []));
    expect(known.length).toBeGreaterThan(0);
    expect(abovePeak(cells, environment)).toEqual([]);
  });
});
