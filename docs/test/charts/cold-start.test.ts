import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/charts/cold-start.ts";
import { OK_CELL } from "../support/ok-cell.ts";
import { pageDocument } from "../support/page-document.ts";
import { ALL_CELLS, COMPETING, FAILED } from "../support/site-cell.ts";
import { dataIn, testChart } from "../support/test-chart.ts";

testChart("cold start", coldStart, {
  full: { cells: ALL_CELLS },
  "one model": { cells: COMPETING.slice(0, 4) },
  "one cell, of a run file": { cells: [OK_CELL] },
  "all failed": { cells: FAILED },
  empty: { cells: [] },
});

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("coldStart", () => {
  it("puts the three parts one after the other, as long as they are", () => {
    const [datum] = dataIn(coldStart({ cells: [OK_CELL] }, frame).svg);
    const bars = [...(datum?.querySelectorAll("rect") ?? [])].map((bar) => ({
      x: Number(bar.getAttribute("x")),
      width: Number(bar.getAttribute("width")),
    }));
    const [first, second, third] = bars;
    if (!first || !second || !third) throw new Error("three parts were expected");
    expect(first.x).toBe(0);
    expect(second.x).toBeCloseTo(first.width, 1);
    expect(third.x).toBeCloseTo(first.width + second.width, 1);
    expect(second.width / first.width).toBeCloseTo(10, 0);
  });

  it("puts the quickest first and counts what has no figure", () => {
    const { table, says } = coldStart({ cells: [...COMPETING.slice(0, 4), ...FAILED] }, frame);
    const sums = table.rows.map((row) => Number(row.at(-1)));
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(says).toContain("4 cells without a figure.");
  });

  it("says of one cell what takes most of it", () => {
    expect(coldStart({ cells: [OK_CELL] }, frame).says).toBe(
      "wasm starts in 187 ms; most of it, 120 ms, is load.",
    );
  });
});
