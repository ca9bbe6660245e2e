import { rowId, type Fit } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { latencyAgainstMultAdds } from "../../src/charts/latency-against-mult-adds.ts";
import { pageDocument } from "../support/page-document.ts";
import { ALL_CELLS, COMPETING, FAILED, figured, HOLLOW, siteCell } from "../support/site-cell.ts";
import { dataIn, testChart, translationOf } from "../support/test-chart.ts";

const LINES: readonly Fit[] = [...new Set(COMPETING.map(rowId))].map((backend, i) => ({
  backend,
  software: false,
  models: 3,
  slope: 20 * (i + 1),
  intercept: 0.3 - i,
  rSquared: 0.99,
  worst: { model: "mobilenet_v1_0.25_128", residual: -0.3 },
}));
const PEAK = { style: "wasm-wide", gmacs: 58.8 };

testChart("latency against mult-adds", latencyAgainstMultAdds, {
  full: { cells: ALL_CELLS, lines: LINES, peak: PEAK, vanished: new Set([COMPETING[3]?.id ?? ""]) },
  linear: { cells: ALL_CELLS, lines: LINES, peak: PEAK, scale: "linear" },
  "one cell": { cells: COMPETING.slice(0, 1) },
  "all failed": { cells: FAILED },
  empty: { cells: [] },
});

const frame = (width = 960) => ({ document: pageDocument(), width, medium: "page" }) as const;
const placesOf = (svg: SVGSVGElement) =>
  new Map(dataIn(svg).map((datum) => [datum.getAttribute("data-datum"), translationOf(datum)]));

describe("latencyAgainstMultAdds", () => {
  it.each(["log", "linear"] as const)("puts what takes longer higher, on %s axes", (scale) => {
    const { svg } = latencyAgainstMultAdds({ cells: COMPETING, scale }, frame());
    const places = placesOf(svg);
    const ys = ["ort-node", "wasm", "ts", "tfjs-cpu"].map(
      (backend) => places.get(`mobilenet_v1_1.0_224/${backend}/node`)?.[1] ?? Number.NaN,
    );
    expect(ys).toEqual(ys.toSorted((a, b) => b - a));
    expect(new Set(ys).size).toBe(4);
  });

  it("puts cells without a figure above the plot, where their model is", () => {
    const failed = (["crash", "unsupported"] as const).map((status) =>
      siteCell(`mobilenet_v1_0.5_160/${status}/node`, { status }),
    );
    const { svg } = latencyAgainstMultAdds({ cells: [...COMPETING, ...failed] }, frame());
    const places = placesOf(svg);
    const highest = Math.min(...COMPETING.map(({ id }) => places.get(id)?.[1] ?? 0));
    for (const { id, model } of failed) {
      const [x, y] = places.get(id) ?? [];
      expect(y).toBeLessThan(highest);
      expect(x).toBe(places.get(`${model}/wasm/node`)?.[0]);
    }
  });

  it("gives each target a plot of its own, since marks are the same, and all plots the same scales", () => {
    const [chrome, node] = ["chrome", "node"].map((target) =>
      figured(`mobilenet_v1_0.5_160/wasm/${target}`, 3, [2.9, 3.1], [1, 2]),
    );
    if (!chrome || !node) throw new Error("two targets were expected");
    const placesAt = (width: number) => {
      const { svg, table } = latencyAgainstMultAdds(
        { cells: [chrome, node, ...COMPETING.slice(0, 4)] },
        frame(width),
      );
      expect(table.rows.map(([, , backend]) => backend).at(-1)).toBe("wasm/chrome");
      const places = placesOf(svg);
      return [places.get(node.id) ?? [0, 0], places.get(chrome.id) ?? [0, 0]] as const;
    };
    const [wideNode, wideChrome] = placesAt(960);
    expect(wideChrome[1]).toBe(wideNode[1]);
    expect(wideChrome[0] - wideNode[0]).toBeGreaterThan(300);
    const [phoneNode, phoneChrome] = placesAt(358);
    expect(phoneChrome[0]).toBe(phoneNode[0]);
    expect(phoneChrome[1] - phoneNode[1]).toBeGreaterThan(200);
  });

  it("keeps cells of the same model that have no figure apart", () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      siteCell(`mobilenet_v1_1.0_224/b${i}/node`, { status: "crash", reason: "died" }),
    );
    const places = [...placesOf(latencyAgainstMultAdds({ cells: many }, frame()).svg).values()];
    expect(new Set(places.map(([, y]) => y)).size).toBe(12);
  });

  it("draws a line for rows that are shown, and for hardware alone", () => {
    const lines = [...LINES, ...LINES.slice(0, 1).map((line) => ({ ...line, software: true }))];
    const { svg } = latencyAgainstMultAdds({ cells: COMPETING, lines }, frame());
    expect(svg.querySelectorAll("path.fit")).toHaveLength(4);
    const one = latencyAgainstMultAdds(
      { cells: COMPETING.filter(({ backend }) => backend === "wasm"), lines },
      frame(),
    );
    expect(one.svg.querySelectorAll("path.fit")).toHaveLength(1);
    expect(
      latencyAgainstMultAdds({ cells: HOLLOW, lines }, frame()).svg.querySelectorAll("path.fit"),
    ).toHaveLength(0);
  });

  it("names rows at their ends where there is room, and not on a phone", () => {
    const wide = latencyAgainstMultAdds({ cells: COMPETING, lines: LINES }, frame());
    const labels = [...wide.svg.querySelectorAll(".end-labels text")].map(({ textContent }) => textContent);
    expect(labels).toContain("tfjs-cpu");
    expect(labels).toContain("20.0");
    const narrow = latencyAgainstMultAdds({ cells: COMPETING, lines: LINES }, frame(358));
    expect(narrow.svg.querySelector(".end-labels")).toBeNull();
  });

  it("names what does not compete as what it is", () => {
    const { svg } = latencyAgainstMultAdds({ cells: [...COMPETING, ...HOLLOW] }, frame());
    const labels = [...svg.querySelectorAll(".end-labels text")].map(({ textContent }) => textContent);
    expect(labels).toContain("tfjs-webgpu, software");
    expect(labels).toContain("ort-wasm, stale");
  });

  it("puts the peak beneath every cell that the processor computed", () => {
    const peaked = latencyAgainstMultAdds({ cells: COMPETING, peak: PEAK }, frame()).svg;
    expect(peaked.querySelector(".peak text")?.textContent).toBe("peak of 1 thread: 58.8e9 mult-adds/s");
    expect(latencyAgainstMultAdds({ cells: COMPETING }, frame()).svg.querySelector(".peak")).toBeNull();
  });

  it("fills what competes, leaves the rest hollow, and puts a dot into what is of an older run", () => {
    const { svg } = latencyAgainstMultAdds({ cells: [...COMPETING, ...HOLLOW] }, frame());
    const hollow = dataIn(svg).filter(
      (datum) => datum.querySelector("path")?.getAttribute("fill") === "var(--page)",
    );
    expect(hollow.map((datum) => datum.getAttribute("data-datum")).toSorted()).toEqual([
      "mobilenet_v1_0.5_160/ort-wasm/node",
      "mobilenet_v1_0.5_160/tfjs-webgpu/chrome",
    ]);
    expect(hollow.map((datum) => datum.querySelectorAll("circle").length).toSorted()).toEqual([0, 1]);
  });

  it("says who leads as far as ranks tell, what a mult-add costs, and what is not ranked", () => {
    const { says } = latencyAgainstMultAdds({ cells: ALL_CELLS, lines: LINES }, frame());
    expect(says).toContain(`${ALL_CELLS.length} cells`);
    expect(says).toContain("ort-node with 11.7 ms (11.5–11.9) is first");
    expect(says).toContain("from 20.0 (ort-node) to 80.0 (tfjs-cpu) ms");
    expect(says).toContain("1 on a software GPU, 1 of an older run");
    expect(says).toContain("1 unsupported, 1 crash, 1 device-lost, 1 mismatch");
  });

  it("names all that may lead where ranks leave several", () => {
    const { says } = latencyAgainstMultAdds(
      { cells: COMPETING.filter(({ model }) => model.endsWith("128")) },
      frame(),
    );
    expect(says).toContain(
      "ort-node with 0.431 ms (0.421–0.591) and wasm with 0.565 ms (0.563–0.763) share the first rank",
    );
  });

  it("keeps what a result file says as text", () => {
    const { svg, table } = latencyAgainstMultAdds({ cells: FAILED }, frame());
    expect(svg.querySelector("img")).toBeNull();
    expect(table.rows.flat().join(" ")).toContain('<img src=x onerror="alert(1)">');
  });

  it("takes a figure of 0 for none: its timer is too coarse", () => {
    const { says } = latencyAgainstMultAdds(
      { cells: [...COMPETING, figured("mobilenet_v1_0.25_128/webgpu/chrome", 0, [0, 0], [1, 1])] },
      frame(),
    );
    expect(says).toContain("1 too fast to time");
  });
});
