import { describe, expect, it } from "vitest";
import { rankIntervals } from "../../src/charts/rank-intervals.ts";
import { pageDocument } from "../support/page-document.ts";
import { ALL_CELLS, COMPETING, FAILED } from "../support/site-cell.ts";
import { dataIn, testChart, translationOf } from "../support/test-chart.ts";

const largest = ALL_CELLS.filter(({ model }) => model === "mobilenet_v1_1.0_224");

testChart("rank intervals", rankIntervals, {
  "one model": { cells: largest },
  "several models": { cells: ALL_CELLS },
  "one cell": { cells: COMPETING.slice(0, 1) },
  "all failed": { cells: FAILED },
  empty: { cells: [] },
});

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("rankIntervals", () => {
  it("puts the fastest first and what has no figure last, each in a row of its own", () => {
    const { svg } = rankIntervals({ cells: largest }, frame);
    const data = dataIn(svg);
    const ys = data.map((datum) => translationOf(datum)[1]);
    expect(ys).toEqual(ys.toSorted((a, b) => a - b));
    expect(new Set(ys).size).toBe(largest.length);
    expect(data.slice(0, 4).map((datum) => datum.getAttribute("data-datum")?.split("/")[1])).toEqual([
      "ort-node",
      "wasm",
      "ts",
      "tfjs-cpu",
    ]);
  });

  it("gives a cell without a figure the key of its backend, not that of an older figure", () => {
    const { svg } = rankIntervals({ cells: FAILED }, frame);
    expect(dataIn(svg).filter((datum) => datum.querySelector("circle[r='1.5']") !== null)).toEqual([]);
  });

  it("has a heading for each of several models, and none for one", () => {
    const headings = (cells: typeof ALL_CELLS) =>
      [...rankIntervals({ cells }, frame).svg.querySelectorAll("text[font-weight]")].map(
        ({ textContent }) => textContent,
      );
    expect(headings(COMPETING)).toEqual(["1.0_224", "0.5_160", "0.25_128"]);
    expect(headings(largest)).toEqual([]);
  });

  it("says a rank that several share of all of them", () => {
    const { says } = rankIntervals({ cells: COMPETING }, frame);
    expect(says).toContain("1.0_224: of 4 cells ort-node is first.");
    expect(says).toContain("0.25_128: of 4 cells ort-node and wasm share the first rank.");
  });
});
