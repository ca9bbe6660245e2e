import * as fc from "fast-check";
import { PUBLISHED_ACCURACY } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import {
  budgetText,
  choiceRows,
  choiceSentence,
  choose,
  fitOf,
  parseLatencyMs,
  parseSizeBytes,
  type ChoosableCell,
} from "../src/choose/index.ts";

function cell(
  name: string,
  backend: string,
  [low, ms, high]: readonly [number, number, number],
  changes: Partial<ChoosableCell> = {},
): ChoosableCell {
  const model = `mobilenet_v1_${name}`;
  const id = `${model}/${backend}/node`;
  const place = { id, model, backend, target: "node", options: {}, machine: "abc" };
  return { ...place, status: "ok", ms, ci95: [low, high], marks: [], software: false, ...changes };
}

const ORT = cell("1.0_224", "ort-node", [11.5, 11.7, 11.9]);
const TFJS = cell("1.0_224", "tfjs-node", [19.1, 19.7, 20.4]);
const WASM = cell("1.0_224", "wasm", [21.2, 21.3, 21.5]);
const WASM_192 = cell("1.0_192", "wasm", [15.9, 16.2, 16.6]);
const ORT_192 = cell("1.0_192", "ort-node", [8.8, 8.9, 9]);
const ORT_SMALL = cell("0.25_128", "ort-node", [0.42, 0.43, 0.59]);
const CELLS = [WASM, ORT_192, TFJS, ORT_SMALL, WASM_192, ORT];

describe("within a latency", () => {
  it("the most accurate is the best, and of equals the fastest", () => {
    const { best, runnerUp, mayMiss, nextStep, nearest, ties } = choose(CELLS, { latencyMs: 20 });
    expect(best).toMatchObject({ cell: ORT, top1: 70.9, accuracyOf: "float" });
    expect(runnerUp?.cell).toBe(ORT_192);
    expect(mayMiss.map((offer) => offer.cell)).toEqual([TFJS]);
    expect([nextStep, nearest]).toEqual([undefined, undefined]);
    expect(ties).toEqual([]);
  });

  it("the upper end of the interval decides, not the median", () => {
    const { best, mayMiss, nextStep } = choose(CELLS, { latencyMs: 11.8 });
    expect(best?.cell).toBe(ORT_192);
    expect(mayMiss.map((offer) => offer.cell)).toEqual([ORT]);
    expect(nextStep?.cell).toBe(ORT);
    expect(choose(CELLS, { latencyMs: 11.9 }).best?.cell).toBe(ORT);
  });

  it("what intervals do not tell from the best is a tie, and no runner-up", () => {
    const tied = cell("1.0_224", "tfjs-wasm", [11.8, 12.4, 13]);
    const { best, ties, runnerUp } = choose([...CELLS, tied], { latencyMs: 20 });
    expect(best?.cell).toBe(ORT);
    expect(ties.map((offer) => offer.cell)).toEqual([tied]);
    expect(runnerUp?.cell).toBe(ORT_192);
    const apart = cell("1.0_224", "tfjs-wasm", [11.95, 12.4, 13]);
    const other = choose([...CELLS, apart], { latencyMs: 20 });
    expect(other.ties).toEqual([]);
    expect(other.runnerUp?.cell).toBe(apart);
  });

  it("the next step up is what is more accurate and nearest to the budget", () => {
    const { best, nextStep } = choose(CELLS, { latencyMs: 5 });
    expect(best?.cell).toBe(ORT_SMALL);
    expect(nextStep?.cell).toBe(ORT_192);
  });

  it("where nothing fits, the nearest is told", () => {
    const { best, nearest, runnerUp } = choose(CELLS, { latencyMs: 0.1 });
    expect(best).toBeUndefined();
    expect(runnerUp).toBeUndefined();
    expect(nearest?.cell).toBe(ORT_SMALL);
    expect(choose([], { latencyMs: 1 }).nearest).toBeUndefined();
  });
});

describe("within a size", () => {
  it("is that of the weights as the cell stores them", () => {
    expect(choose(CELLS, { sizeBytes: 17e6 }).best?.cell).toBe(ORT);
    expect(choose(CELLS, { sizeBytes: 5e6 }).best?.cell).toBe(ORT_SMALL);
    const half = cell("1.0_224", "webgpu", [30, 31, 32], { options: { precision: "fp16" } });
    expect(choose([...CELLS, half], { sizeBytes: 9e6 }).best?.cell).toBe(half);
  });

  it("both limits hold at once", () => {
    const half = cell("1.0_224", "webgpu", [30, 31, 32], { options: { precision: "fp16" } });
    const { best, nextStep } = choose([...CELLS, half], { sizeBytes: 9e6, latencyMs: 25 });
    expect(best?.cell).toBe(ORT_SMALL);
    expect(nextStep?.cell).toBe(half);
  });

  it("8 bits have the accuracy of the quantized release", () => {
    const int8 = cell("1.0_224", "ort-node", [8, 8.1, 8.2], { options: { precision: "int8" } });
    expect(choose([int8, ORT], { latencyMs: 20 }).best?.cell).toBe(ORT);
    expect(choose([int8, ORT], { latencyMs: 10 }).best).toMatchObject({
      top1: 69.7,
      accuracyOf: "quantized",
    });
  });
});

describe("what cannot be chosen among", () => {
  it("is counted by its reason", () => {
    const { id, model, backend, target, options, marks, software } = cell("1.0_224", "webgpu", [1, 1, 1]);
    const cells: ChoosableCell[] = [
      ORT,
      { id, model, backend, target, options, marks, software, status: "unsupported" },
      cell("1.0_224", "webgpu", [1, 1, 1], { software: true }),
      cell("1.0_224", "ts", [1, 1, 1], { marks: ["stale"] }),
      cell("1.0_224_conv", "wasm", [1, 1, 1]),
      cell("1.0_96", "wasm", [1, 1, 1]),
    ];
    const { offers, leftOut } = choose(cells, { latencyMs: 20 });
    expect(offers).toHaveLength(1);
    expect(leftOut).toEqual([
      { why: "without a figure (unsupported)", cells: 1 },
      { why: "on a software GPU", cells: 1 },
      { why: "of an older run", cells: 1 },
      { why: "of a model without published accuracy", cells: 2 },
    ]);
  });

  it("is cells of two machines, and a budget that limits nothing", () => {
    const elsewhere = cell("1.0_224", "wasm", [1, 1, 1], { machine: "def" });
    expect(() => choose([ORT, elsewhere], { latencyMs: 20 })).toThrow(/abc, def/);
    for (const budget of [{}, { latencyMs: 0 }, { sizeBytes: -1 }, { latencyMs: NaN }])
      expect(() => choose(CELLS, budget)).toThrow(RangeError);
  });
});

it("never offers what is beaten in everything that counts, whatever was measured", () => {
  const models = fc.constantFrom(
    ...PUBLISHED_ACCURACY.map(({ model }) => model.replace("mobilenet_v1_", "")),
  );
  const milliseconds = fc.double({ min: 0.1, max: 100, noNaN: true });
  const measured = fc.tuple(models, milliseconds, fc.double({ min: 1, max: 1.5, noNaN: true }));
  fc.assert(
    fc.property(fc.array(measured), milliseconds, (drawn, latencyMs) => {
      const cells = drawn.map(([name, ms, width], i) => cell(name, `b${i}`, [ms / width, ms, ms * width]));
      const choice = choose(cells, { latencyMs });
      const { best, ties, mayMiss, runnerUp, nextStep, nearest, offers } = choice;
      const fitting = offers.filter((offer) => fitOf(offer, choice.budget) === "fits");
      expect(best === undefined).toBe(fitting.length === 0);
      expect(nearest === undefined).toBe(fitting.length > 0 || offers.length === 0);
      for (const offer of fitting) {
        expect(offer.top1).toBeLessThanOrEqual(best?.top1 ?? -1);
        if (offer.top1 === best?.top1) expect(offer.ci95[1]).toBeGreaterThanOrEqual(best.ci95[1]);
      }
      for (const offer of [...(best ? [best] : []), ...ties, ...(runnerUp ? [runnerUp] : [])])
        expect(offer.ci95[1]).toBeLessThanOrEqual(latencyMs);
      for (const { ci95 } of mayMiss) expect(ci95[0] <= latencyMs && ci95[1] > latencyMs).toBe(true);
      if (nextStep) expect(nextStep.top1).toBeGreaterThan(best?.top1 ?? Infinity);
    }),
  );
});

describe("the answer in words", () => {
  it("names the best, its interval and accuracy, and what ties with it", () => {
    expect(choiceSentence(choose(CELLS, { latencyMs: 20 }))).toBe(
      "Within 20 ms: 1.0_224 on ort-node, 11.7 ms (11.5–11.9), 70.9 % published top-1.",
    );
    const tied = cell("1.0_224", "tfjs-wasm", [11.8, 12.4, 13], { options: { threads: 2 } });
    expect(choiceSentence(choose([ORT, tied], { latencyMs: 20 }))).toContain(
      "; 1.0_224 on tfjs-wasm threads=2 cannot be told from it.",
    );
    expect(choiceSentence(choose(CELLS, { latencyMs: 0.1 }))).toBe(
      "Within 0.1 ms there is none of 6 cells; nearest is 0.25_128 on ort-node, 0.430 ms (0.420–0.590) and 1.9 MB.",
    );
    expect(choiceSentence(choose([], { sizeBytes: 5e6 }))).toMatch(/^Within 5 MB nothing can be chosen/);
  });

  it("tells each role, and what a step costs", () => {
    const rows = choiceRows(choose(CELLS, { latencyMs: 11.8 }));
    expect(rows.map(({ role, offer, note }) => [role, offer.cell, note])).toEqual([
      ["best", ORT_192, "within 11.8 ms"],
      ["may miss", ORT, "its interval crosses the budget"],
      ["runner-up", ORT_SMALL, "−28.5 points, −8.47 ms, −15.0 MB"],
      ["next step up", ORT, "+0.9 points, +2.80 ms"],
    ]);
  });
});

describe("a limit", () => {
  it.each([
    ["20ms", 20],
    ["20 ms", 20],
    [" 0.5s ", 500],
    [".5s", 500],
    ["750us", 0.75],
  ])("of time is read from %s", (text, ms) => expect(parseLatencyMs(text)).toBeCloseTo(ms, 9));

  it.each([
    ["5MB", 5e6],
    ["500 kB", 5e5],
    ["4MiB", 2 ** 22],
  ])("of size is read from %s", (text, bytes) => expect(parseSizeBytes(text)).toBe(bytes));

  it("is nothing else, and nothing below", () => {
    for (const text of ["", "ms", "20", "-5ms", "1e9s", "0ms", "5 m", "5MB", "1e3", "20 ms 5", "toString"])
      expect(parseLatencyMs(text)).toBeUndefined();
    for (const text of ["", "MB", "5", "0", "20ms", "5 m"]) expect(parseSizeBytes(text)).toBeUndefined();
  });

  it("is told as it was given", () => {
    expect(budgetText({ latencyMs: 20, sizeBytes: 5e6 })).toBe("20 ms and 5 MB");
    expect(budgetText({ latencyMs: 1 / 3 })).toBe("0.333 ms");
  });
});
