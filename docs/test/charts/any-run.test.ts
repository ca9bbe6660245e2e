import { choose, STATUSES } from "@mobilenet-bench/results";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chart, Frame } from "../../src/charts/chart.ts";
import { coldStart } from "../../src/charts/cold-start.ts";
import { frontier } from "../../src/charts/frontier.ts";
import { latencyAgainstMultAdds } from "../../src/charts/latency-against-mult-adds.ts";
import { rankIntervals } from "../../src/charts/rank-intervals.ts";
import { STALE, type SiteCell } from "../../src/data/site-cell.ts";
import { pageDocument } from "../support/page-document.ts";
import { figured, siteCell } from "../support/site-cell.ts";
import { dataIn } from "../support/test-chart.ts";

const MODELS = ["mobilenet_v1_1.0_224", "mobilenet_v1_0.5_160", "mobilenet_v1_0.25_128", "vgg16"];
const BACKENDS = ["ts", "wasm", "webgpu", "tfjs-cpu", "ort-node", "litert-webnn", "mine"];
const TARGETS = ["node", "chrome", "firefox"];

const figure = fc.tuple(
  fc.double({ min: 1e-5, max: 1e6, noNaN: true }),
  fc.double({ min: 0, max: 0.9, noNaN: true }),
);
/** Markup, letters of all scripts, long names. */
const reason = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constant(`</svg><script>alert(1)</script>${"long ".repeat(2000)}`),
);

const cell: fc.Arbitrary<SiteCell> = fc
  .record({
    place: fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...BACKENDS), fc.constantFrom(...TARGETS)),
    status: fc.constantFrom(...STATUSES),
    figure,
    reason,
    software: fc.boolean(),
    stale: fc.boolean(),
  })
  .map(({ place, status, figure: [ms, off], reason: why, software, stale }) => {
    const id = place.join("/");
    if (status !== "ok") return siteCell(id, { status, reason: why });
    const { rank, ...unranked } = figured(id, ms, [ms * (1 - off), ms * (1 + off)], [1, 3]);
    const competing = !software && !stale && rank !== undefined;
    return { ...unranked, software, marks: stale ? [STALE] : [], ...(competing && { rank }) };
  });
const cells = fc.uniqueArray(cell, { selector: ({ id }) => id, maxLength: 30 });
const frame: fc.Arbitrary<Frame> = fc
  .record({ width: fc.constantFrom(358, 640, 960), medium: fc.constantFrom("page", "report", "file") })
  .map((given) => ({ ...given, document: pageDocument() }));

const CHARTS: readonly (readonly [string, (cells: readonly SiteCell[], frame: Frame) => Chart])[] = [
  ["latency against mult-adds", (given, on) => latencyAgainstMultAdds({ cells: given }, on)],
  ["latency on linear axes", (given, on) => latencyAgainstMultAdds({ cells: given, scale: "linear" }, on)],
  ["rank intervals", (given, on) => rankIntervals({ cells: given }, on)],
  ["cold start", (given, on) => coldStart({ cells: given }, on)],
  ["frontier", (given, on) => frontier({ choice: choose(given, { latencyMs: 20 }) }, on)],
];

describe.each(CHARTS)("%s of any run", (_, draw) => {
  it("has a datum for each row, and makes no markup of words", () => {
    fc.assert(
      fc.property(cells, frame, (given, on) => {
        const { svg, table, says } = draw(given, on);
        expect(dataIn(svg)).toHaveLength(table.rows.length);
        expect(svg.querySelector("script")).toBeNull();
        expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
        expect(says).not.toBe("");
      }),
      { numRuns: 40 },
    );
  });
});
