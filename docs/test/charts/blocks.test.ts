import { describe, expect, it } from "vitest";
import { blockDistribution } from "../../src/charts/block-distribution.ts";
import { blocksInTime } from "../../src/charts/blocks-in-time.ts";
import { BARE_CELL, OK_CELL } from "../support/ok-cell.ts";
import { pageDocument } from "../support/page-document.ts";
import { dataIn, testChart, translationOf } from "../support/test-chart.ts";

const cases = {
  full: { cell: OK_CELL },
  "without samples": { cell: BARE_CELL },
  "one block": { cell: { ...OK_CELL, blocks: OK_CELL.blocks.slice(0, 1) } },
  "all left out": {
    cell: {
      ...OK_CELL,
      blocks: OK_CELL.blocks.map((block) => ({ ...block, excluded: "CPU pressure above 10 %" })),
    },
  },
  empty: { cell: { ...OK_CELL, blocks: [] } },
};
testChart("blocks in time", blocksInTime, cases);
testChart("block distribution", blockDistribution, cases);

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("blocksInTime", () => {
  it("goes on to the right from block to block and from set to set", () => {
    const xs = dataIn(blocksInTime({ cell: OK_CELL }, frame).svg).map((datum) => translationOf(datum)[0]);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set(xs).size).toBe(10);
  });

  it("puts a block that is left out on the axis, beneath all others, as a cross", () => {
    const data = dataIn(blocksInTime({ cell: OK_CELL }, frame).svg);
    const leftOut = data.filter((datum) => datum.querySelector("circle") === null);
    expect(leftOut.map((datum) => datum.getAttribute("data-datum"))).toEqual(["1/3"]);
    const lowest = Math.max(...data.map((datum) => translationOf(datum)[1]));
    expect(leftOut.map((datum) => translationOf(datum)[1])).toEqual([lowest]);
  });

  it("stands a clock that was set back", () => {
    const [first, second, ...rest] = OK_CELL.blocks;
    if (!first || !second) throw new Error("the fixture has blocks");
    const blocks = [first, { ...second, startedAt: "2026-11-22T18:00:00.000Z" }, ...rest];
    const { svg, table } = blocksInTime({ cell: { ...OK_CELL, blocks } }, frame);
    expect(dataIn(svg)).toHaveLength(table.rows.length);
  });

  it("says how many were left out and by which rule", () => {
    const { says, table } = blocksInTime({ cell: OK_CELL }, frame);
    expect(says).toContain("10 blocks in 2 sets, from 21.2 to 29.8 ms; the median is 21.4 ms.");
    expect(says).toContain("Left out: 1 for steal above 5 %.");
    expect(table.rows[0]).toEqual(["1", "18:33:12", "21.4", "21.2", "3", ""]);
  });
});

describe("blockDistribution", () => {
  it("piles up blocks that would cover each other, and moves none by more than its own width", () => {
    const { svg } = blockDistribution({ cell: OK_CELL }, frame);
    const places = dataIn(svg).map(translationOf);
    const close = (a: readonly [number, number], b: readonly [number, number]) =>
      Math.hypot(a[0] - b[0], a[1] - b[1]) < 7.9;
    const covering = places.flatMap((one, i) => places.slice(0, i).filter((other) => close(one, other)));
    expect(covering).toEqual([]);
  });

  it("has a rug where there are samples", () => {
    expect(blockDistribution({ cell: OK_CELL }, frame).svg.querySelector("path.samples")).not.toBeNull();
    expect(blockDistribution({ cell: BARE_CELL }, frame).svg.querySelector("path.samples")).toBeNull();
  });

  it("draws a hundred thousand samples as one path that stays small", () => {
    const [first] = OK_CELL.blocks;
    if (!first) throw new Error("the fixture has blocks");
    const samplesMs = Array.from({ length: 100_000 }, (_, i) => 20 + (i % 997) / 100);
    const { svg } = blockDistribution({ cell: { ...OK_CELL, blocks: [{ ...first, samplesMs }] } }, frame);
    expect(svg.outerHTML.length).toBeLessThan(60_000);
  });
});
