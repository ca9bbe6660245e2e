import { choose } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { frontier, frontierOf } from "../../src/charts/frontier.ts";
import { pageDocument } from "../support/page-document.ts";
import { ALL_CELLS, COMPETING, FAILED } from "../support/site-cell.ts";
import { dataIn, testChart } from "../support/test-chart.ts";

const within = (latencyMs: number) => ({ choice: choose(COMPETING, { latencyMs }) });

testChart("frontier", frontier, {
  full: { choice: choose(ALL_CELLS, { latencyMs: 20 }) },
  "a size alone": { choice: choose(COMPETING, { sizeBytes: 6e6 }) },
  "nothing fits": within(0.1),
  "one cell": { choice: choose(COMPETING.slice(0, 1), { latencyMs: 20 }) },
  "all failed": { choice: choose(FAILED, { latencyMs: 20 }) },
  empty: { choice: choose([], { latencyMs: 20 }) },
});

const frame = { document: pageDocument(), width: 960, medium: "page" } as const;

describe("frontier", () => {
  it("makes what misses the budget faint, and nothing else", () => {
    const data = dataIn(frontier(within(20), frame).svg);
    const faint = data
      .filter((datum) => datum.hasAttribute("opacity"))
      .map((datum) => datum.getAttribute("data-datum"));
    expect(faint.toSorted()).toEqual(
      COMPETING.filter(({ ci95 }) => ci95 !== undefined && ci95[0] > 20)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it("draws the budget where it is, and none where a size is the limit", () => {
    expect(frontier(within(20), frame).svg.querySelector(".budget text")?.textContent).toBe("budget 20 ms");
    const { svg } = frontier({ choice: choose(COMPETING, { sizeBytes: 6e6 }) }, frame);
    expect(svg.querySelector(".budget")).toBeNull();
  });

  it("rings the best, or the nearest where nothing fits", () => {
    const words = (latencyMs: number) =>
      frontier(within(latencyMs), frame).svg.querySelector(".chosen text")?.textContent;
    expect(words(20)).toBe("best: 1.0_224 on ort-node");
    expect(words(0.1)).toBe("nearest: 0.25_128 on ort-node");
  });
});

describe("frontierOf", () => {
  it("gets more accurate with every step, and slower", () => {
    const steps = frontierOf(choose(COMPETING, { latencyMs: 20 }).offers);
    expect(steps.map(({ cell }) => cell.id)).toEqual([
      "mobilenet_v1_0.25_128/ort-node/node",
      "mobilenet_v1_0.5_160/ort-node/node",
      "mobilenet_v1_1.0_224/ort-node/node",
    ]);
  });
});
