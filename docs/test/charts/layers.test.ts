import { layerRows, rooflineOf } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { layerBars } from "../../src/charts/layer-bars.ts";
import { roofline } from "../../src/charts/roofline.ts";
import { OK_CELL } from "../support/ok-cell.ts";
import { pageDocument } from "../support/page-document.ts";
import { PEAKS } from "../support/peaks.ts";
import { dataIn, testChart, translationOf } from "../support/test-chart.ts";

const layers = layerRows(OK_CELL, PEAKS);
const placed = rooflineOf(OK_CELL, PEAKS);
const { peak: _, ...withoutPeak } = placed;
const reads = {
  cache: { bytes: 196_608, gigabytesPerSecond: 60 },
  memory: { bytes: 268_435_456, gigabytesPerSecond: 12 },
  missing: {},
};
const roofed = rooflineOf(OK_CELL, { ...PEAKS, memoryReads: reads });
const withoutShares = layers.map((layer) => {
  const { ofPeak: _, ...rest } = layer;
  return rest;
});

testChart("layer bars", layerBars, {
  full: { cell: OK_CELL, layers },
  "by time": { cell: OK_CELL, layers, order: "time" },
  "without a peak": { cell: OK_CELL, layers: withoutShares },
  "one layer": { cell: OK_CELL, layers: layers.slice(0, 1) },
  "no time at all": { cell: OK_CELL, layers: layers.map((layer) => ({ ...layer, ms: 0, shareOfTime: 0 })) },
  empty: { cell: OK_CELL, layers: [] },
});

testChart("roofline", roofline, {
  full: { cell: OK_CELL, ...placed },
  "with roofs of memory": { cell: OK_CELL, ...roofed },
  "without a peak": { cell: OK_CELL, ...withoutPeak },
  "one layer": { cell: OK_CELL, ...placed, points: placed.points.slice(0, 1) },
  empty: { cell: OK_CELL, points: [], notPlaced: [] },
});

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("layerBars", () => {
  it("has bars as long as shares are", () => {
    const { svg } = layerBars({ cell: OK_CELL, layers }, frame);
    const widths = dataIn(svg).map((datum) =>
      [...datum.querySelectorAll("rect")].map((bar) => Number(bar.getAttribute("width"))),
    );
    const scale = (widths[0]?.[0] ?? 0) / (layers[0]?.shareOfTime ?? 1);
    for (const [i, { shareOfTime, shareOfMultAdds }] of layers.entries()) {
      expect(widths[i]?.[0]).toBeCloseTo(shareOfTime * scale, 0);
      expect(widths[i]?.[1]).toBeCloseTo(shareOfMultAdds * scale, 0);
    }
  });

  it("keeps the network's order, or puts the slowest first", () => {
    const names = (order: "network" | "time") =>
      dataIn(layerBars({ cell: OK_CELL, layers, order }, frame).svg).map((datum) =>
        datum.getAttribute("data-datum"),
      );
    expect(names("network")).toEqual(layers.map(({ name }) => name));
    expect(names("time")).toEqual(layers.toSorted((a, b) => b.ms - a.ms).map(({ name }) => name));
  });

  it("says which layer is the slowest, and how far from the peak", () => {
    const { says } = layerBars({ cell: OK_CELL, layers: layers.slice(1) }, frame);
    expect(says).toMatch(
      /^The slowest of 4 layers is Conv2d_1_pointwise with 0\.900 ms, .* of the mult-adds at \d+ % of the peak\./,
    );
  });
});

describe("roofline", () => {
  it("leaves what has no mult-adds out, and says so", () => {
    const { says, table } = roofline({ cell: OK_CELL, ...placed }, frame);
    expect(table.rows.map(([name]) => name)).not.toContain("AvgPool");
    expect(says).toContain("Without a place: AvgPool.");
  });

  it("has its roof above every layer that is beneath the peak", () => {
    const { svg } = roofline({ cell: OK_CELL, ...placed }, frame);
    const roof = Number(svg.querySelector(".roof line")?.getAttribute("y1"));
    for (const datum of dataIn(svg)) expect(translationOf(datum)[1]).toBeGreaterThan(roof);
  });

  it("has sloping roofs that meet the peak where it becomes the lower one", () => {
    const { svg, table, says } = roofline({ cell: OK_CELL, ...roofed }, frame);
    const roof = Number(svg.querySelector(".roof line")?.getAttribute("y1"));
    const slopes = [...svg.querySelectorAll(".slope line")];
    expect(slopes).toHaveLength(2);
    const ends = slopes.map((line) =>
      ["x1", "y1", "x2", "y2"].map((name) => Number(line.getAttribute(name))),
    );
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of ends) {
      expect(y2).toBeCloseTo(roof, 1);
      expect(x2).toBeGreaterThan(x1);
      expect(y1).toBeGreaterThan(y2);
    }
    const [memory = 0, cache = 0] = ends.map((line) => line[2]);
    expect(memory).toBeGreaterThan(cache);
    expect(table.head.slice(-2)).toEqual(["lowest roof", "of that roof"]);
    // Every weight of the classifier is used once: a quarter of a mult-add for each of its bytes.
    expect(table.rows.find(([name]) => name === "Logits")?.at(-2)).toBe("memory");
    expect(says).toMatch(
      /Below 4\.90 mult-adds per byte the memory is the lower roof \(12\.0 GB\/s\): \d of 4 layers lie there/,
    );
  });

  it("tells types of layers by shapes", () => {
    const { svg } = roofline({ cell: OK_CELL, ...placed }, frame);
    const shapes = new Set(dataIn(svg).map((datum) => datum.querySelector("path")?.getAttribute("d")));
    expect(shapes.size).toBe(4);
  });
});
