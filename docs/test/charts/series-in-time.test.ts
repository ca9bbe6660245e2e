import { makeHistory, environmentChanges, type Series } from "@mobilenet-bench/results";
import { SIMULATED_CELLS, simulateNights, type PlannedEvent } from "@mobilenet-bench/results/simulation";
import { describe, expect, it } from "vitest";
import { seriesInTime, type CellSeries } from "../../src/charts/series-in-time.ts";
import { pageDocument } from "../support/page-document.ts";
import { dataIn, testChart, translationOf } from "../support/test-chart.ts";

const CELLS = SIMULATED_CELLS.filter((cell) => cell.startsWith("mobilenet_v1_0.5_160/"));
const CELL = "mobilenet_v1_0.5_160/tfjs-wasm/chrome";

/** One cell over so many nights with what is planted in them. */
function seriesOver(nights: number, events: readonly PlannedEvent[]): CellSeries {
  const { series } = makeHistory(simulateNights({ seed: 1, nights, cells: CELLS, events }));
  const [one] = series.filter(({ cell }) => cell === CELL);
  if (!one) throw new Error("The cell is among those that are simulated.");
  return { series: one, environment: environmentChanges({ series: [one] }) };
}

const step = (night: number, ratio: number): PlannedEvent => ({
  kind: "step",
  night,
  nights: 1,
  step: Math.log(ratio),
  cells: [CELL],
});
const STEPPED = seriesOver(80, [
  step(25, 1.15),
  step(55, 0.9),
  { kind: "browser", night: 40, nights: 1, step: 0, cells: [] },
]);
const without: Series = { ...STEPPED.series, points: [], changes: [] };

testChart("series in time", seriesInTime, {
  "two steps and a browser": STEPPED,
  "one run": {
    series: { ...STEPPED.series, points: STEPPED.series.points.slice(0, 1), changes: [] },
    environment: [],
  },
  nothing: { series: without, environment: [] },
});

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("seriesInTime", () => {
  it("goes on to the right from night to night", () => {
    const xs = dataIn(seriesInTime(STEPPED, frame).svg).map((datum) => translationOf(datum)[0]);
    expect(xs).toHaveLength(80);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it("has a line for each level, the slower one above, and a marker for what changed", () => {
    const { svg, says } = seriesInTime(STEPPED, frame);
    const ys = [...svg.querySelectorAll("line.level")].map((line) => Number(line.getAttribute("y1")));
    expect(ys).toHaveLength(3);
    expect(ys[1]).toBeLessThan(ys[0] ?? 0);
    expect(svg.querySelectorAll("g.change")).toHaveLength(2);
    expect(svg.querySelectorAll("g.environment")).toHaveLength(1);
    expect(says).toContain("Its level changed 2 times");
    expect(says).toContain("SIMULATED");
  });

  it("draws five years with as many dots as there is room for", () => {
    const many = STEPPED.series.points.slice(0, 40);
    const points = Array.from({ length: 1800 }, (_, i) => {
      const point = many[i % many.length];
      if (!point) throw new Error("There are points.");
      const startedAt = new Date(Date.UTC(2020, 0, 1 + i)).toISOString();
      return { ...point, run: { ...point.run, startedAt } };
    });
    const { table, svg } = seriesInTime(
      { series: { ...STEPPED.series, points, changes: [] }, environment: [] },
      frame,
    );
    expect(table.rows.length).toBeLessThanOrEqual(400);
    expect(dataIn(svg)).toHaveLength(table.rows.length);
  });
});
