import * as fc from "fast-check";
import { medianInterval, ranksOf, ratiosOf, type Block, type OkCell } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { renderCsv } from "../src/report/csv.ts";
import { renderJson } from "../src/report/json.ts";
import { reportOf } from "../src/report/report.ts";
import { renderTerminal } from "../src/report/terminal.ts";
import { failedCell, okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const MODEL = "mobilenet_v1_0.5_160";

function block(set: number, round: number, medianMs: number, changes: Partial<Block> = {}): Block {
  const startedAt = "2026-01-02T03:04:05.000Z";
  return { set, round, startedAt, inferences: 3, medianMs, minMs: medianMs, steal: null, ...changes };
}

/** A cell whose blocks take so long, in rounds from 0, five to a set. */
function cellOf(backend: string, medians: readonly number[], changes: Partial<OkCell> = {}): OkCell {
  const blocks = medians.map((ms, i) => block(Math.floor(i / 5), i % 5, ms));
  const middle = medians.toSorted((a, b) => a - b)[Math.floor(medians.length / 2)] ?? 1;
  return okCell(MODEL, backend, middle, { blocks, ...changes });
}

const id = (backend: string) => `${MODEL}/${backend}/node`;

describe("ratiosOf", () => {
  it("cancels any drift that cells of a round share", () => {
    const drifts = fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(drifts, fc.double({ min: 1.1, max: 50, noNaN: true }), (drift, factor) => {
        const fast = cellOf("wasm", drift);
        const slow = cellOf(
          "ts",
          drift.map((ms) => ms * factor),
        );
        const ratio = ratiosOf([slow, fast]).get(slow.id);
        expect(ratio).toMatchObject({ base: fast.id, rounds: 10 });
        expect(ratio?.value).toBeCloseTo(factor, 9);
        expect(ratio?.ci95?.[0]).toBeCloseTo(factor, 9);
        expect(ratio?.ci95?.[1]).toBeCloseTo(factor, 9);
      }),
    );
  });

  it("pairs by set and round, and leaves out what either left out", () => {
    const fast = okCell(MODEL, "wasm", 1, {
      blocks: [block(0, 0, 1), block(0, 1, 2), block(1, 0, 4), block(1, 1, 9, { excluded: "steal" })],
    });
    const slow = okCell(MODEL, "ts", 10, {
      blocks: [block(1, 0, 12), block(0, 1, 4), block(1, 1, 1), block(0, 0, 5, { excluded: "steal" })],
    });
    expect(ratiosOf([slow, fast]).get(slow.id)).toEqual({ base: fast.id, value: 2.5, rounds: 2 });
  });

  it("is that of the medians where no blocks are stored, and says so", () => {
    const ratios = ratiosOf([okCell(MODEL, "ts", 30), okCell(MODEL, "wasm", 10)]);
    expect(ratios.get(id("ts"))).toEqual({ base: id("wasm"), value: 3, rounds: 0 });
    expect(ratios.get(id("wasm"))).toEqual({ base: id("wasm"), value: 1, rounds: 0 });
  });

  it("compares no software GPU with anything, and never models with one another", () => {
    const actual = { adapter: { class: "software" } };
    const other = okCell("mobilenet_v1_1.0_224", "ts", 100);
    const ratios = ratiosOf([okCell(MODEL, "webgpu", 1, { actual }), okCell(MODEL, "ts", 30), other]);
    expect(Object.fromEntries([...ratios].map(([cell, { value }]) => [cell, value]))).toEqual({
      [id("ts")]: 1,
      [other.id]: 1,
    });
  });

  it("takes a base by its name, the usual target left out, and refuses one that was not measured", () => {
    const run = runOf([okCell(MODEL, "ts", 30), okCell(MODEL, "wasm", 10), okCell("1.0_224", "wasm", 10)]);
    const { ratios, base } = reportOf(run, { base: "ts" });
    expect(base).toBe("ts/node");
    expect(ratios.get(id("wasm"))?.value).toBeCloseTo(1 / 3);
    expect(ratios.has("mobilenet_v1_1.0_224/wasm/node")).toBe(false);
    expect(() => reportOf(run, { base: "webgpu" })).toThrow(/"webgpu". Use ts\/node, wasm\/node/);
  });

  it("names no base that could be none: what failed, and what a processor computed in a GPU's place", () => {
    const software = okCell(MODEL, "webgpu", 1, { actual: { adapter: { class: "software" } } });
    const cells = [software, failedCell(MODEL, "tfjs-node", "The native library is missing.")];
    const measured = runOf([...cells, okCell(MODEL, "ts", 30)]);
    expect(() => reportOf(measured, { base: "webgpu" })).toThrow(/"webgpu". Use ts\/node\.$/);
    expect(() => reportOf(runOf(cells), { base: "ts" })).toThrow(
      /"ts". Nothing that is shown can be a base: leave --base out\.$/,
    );
  });
});

describe("ranksOf", () => {
  const drift = [1, 1.3, 0.9, 1.1, 1.6, 1.2, 1, 1.4, 0.8, 1.1];
  const times = (factor: number) => drift.map((ms) => ms * factor);
  const wavering = drift.map((ms, i) => ms * (i % 2 ? 1.1 : 0.9));
  const CELLS = [
    cellOf("ts", times(9)),
    cellOf("wasm", times(1)),
    cellOf("ort-node", wavering),
    okCell(MODEL, "webgpu", 0.1, { actual: { adapter: { class: "software" } } }),
  ];

  it("ranks by ratios within rounds, shares what they leave open, and leaves software GPUs out", () => {
    expect(Object.fromEntries(ranksOf(CELLS))).toEqual({
      [id("ts")]: [3, 3],
      [id("wasm")]: [1, 2],
      [id("ort-node")]: [1, 2],
    });
  });

  it("tells nothing apart below six rounds, and never models", () => {
    const few = [cellOf("ts", times(9).slice(0, 5)), cellOf("wasm", times(1).slice(0, 5))];
    const other = okCell("1.0_224", "ts", 1);
    expect([...ranksOf([...few, other]).values()]).toEqual([
      [1, 2],
      [1, 2],
      [1, 1],
    ]);
  });

  it("stands in every form, among the cells that are shown", () => {
    const report = reportOf(runOf(CELLS));
    expect(renderTerminal(report, { columns: 80, color: false })).toMatch(/^wasm +1–2 /m);
    expect(renderTerminal(report, { columns: 80, color: false })).toMatch(/^ts +3 /m);
    expect(renderTerminal(report, { columns: 80, color: false })).toMatch(/^webgpu +– /m);
    const [titles = "", ...rows] = renderCsv(report).split("\n");
    const columns = ["rank_best", "rank_worst"].map((title) => titles.split(",").indexOf(title));
    const row = rows.find((line) => line.startsWith(id("wasm")))?.split(",") ?? [];
    expect(columns.map((column) => row[column])).toEqual(["1", "2"]);
    const ranked = JSON.parse(renderJson(report)).cells.map(
      (cell: { derived: { rank?: unknown } }) => cell.derived.rank,
    );
    expect(ranked).toEqual([[3, 3], [1, 2], [1, 2], undefined]);
    const shown = CELLS.filter(({ backend }) => backend === "ts");
    expect(reportOf(runOf(CELLS), { shown }).ranks.get(id("ts"))).toEqual([1, 1]);
  });
});

describe("medianInterval", () => {
  it("is between the order statistics that tables of the sign test give", () => {
    const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);
    expect(medianInterval(upTo(5))).toBeUndefined();
    expect(medianInterval([])).toBeUndefined();
    expect(medianInterval(upTo(6))).toEqual([1, 6]);
    expect(medianInterval(upTo(10))).toEqual([2, 9]);
    expect(medianInterval(upTo(20))).toEqual([6, 15]);
    expect(medianInterval(upTo(45))).toEqual([16, 30]);
  });
});
