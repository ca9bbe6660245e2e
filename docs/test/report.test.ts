import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { tableCsv, type Run } from "@mobilenet-bench/results";
import { readRun } from "@mobilenet-bench/results/store";
import {
  CHART_NAMES,
  chartFile,
  isCellChart,
  MOST_CHARTED_CELLS,
  renderReport,
  runData,
  type ReportedRun,
} from "../build/report/index.ts";

const FILE = "2026-11-22-1206c8248664.json";
const SWEEP = await readRun(fileURLToPath(new URL(`../../results/data/${FILE}`, import.meta.url)));
const BUILT_AT = "2026-11-23T01:02:03.000Z";
const STYLE = ":root { --page: #fff; }";

function reported(cells: Run["cells"] = SWEEP.cells, changes: Partial<Run> = {}): ReportedRun {
  return { run: { ...SWEEP, ...changes, cells }, file: FILE, leftOut: SWEEP.cells.length - cells.length };
}

const render = (...runs: readonly ReportedRun[]) => renderReport(runs, { builtAt: BUILT_AT, style: STYLE });

describe("a report", () => {
  it("has every cell in its table, with the numbers of the terminal", async () => {
    const { document } = parseHTML(await render(reported()));
    const rows = [...document.querySelectorAll("table.cells tbody tr:not(.group)")].map(
      (row) => row.textContent,
    );
    expect(rows).toHaveLength(SWEEP.cells.length);
    expect(rows.find((row) => row?.includes("ort-node"))).toContain("11.7");
    expect(document.querySelectorAll("table.cells tr.group")).toHaveLength(16);
  });

  it("needs nothing but itself: no script, no address, one style that its policy names", async () => {
    const html = await render(reported());
    const { document } = parseHTML(html);
    expect(document.querySelectorAll("script, iframe, object, img, [style]")).toHaveLength(0);
    const links = [...document.querySelectorAll("[href], [src]")].map(
      (element) => element.getAttribute("href") ?? element.getAttribute("src") ?? "",
    );
    expect(links.filter((link) => !/^(data:|#)/.test(link))).toEqual([]);
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    expect(style).toContain(STYLE);
    const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(policy).not.toContain("unsafe");
  });

  it("has its figures as CSV, in full", async () => {
    const { rows } = await runData(reported());
    const { document } = parseHTML(await render(reported()));
    const href = document.querySelector("a[download]")?.getAttribute("href") ?? "";
    expect(decodeURIComponent(href.slice(href.indexOf(",") + 1))).toBe(tableCsv(rows));
  });

  it("fits an e-mail", async () => {
    const all = await render(reported());
    expect(Buffer.byteLength(all)).toBeLessThan(1_500_000);
    const few = await render(reported(SWEEP.cells.slice(0, MOST_CHARTED_CELLS)));
    expect(Buffer.byteLength(few)).toBeLessThan(300_000);
  });

  it("draws equal marks by reference to one of them, and lists the blocks of a cell once", async () => {
    const [cell] = SWEEP.cells;
    if (cell?.status !== "ok") throw new Error("The first cell has figures.");
    const { document } = parseHTML(await render(reported([cell])));
    const uses = [...document.querySelectorAll("use")].map((use) => use.getAttribute("href") ?? "");
    expect(uses.length).toBeGreaterThan(cell.blocks.length);
    for (const href of new Set(uses)) expect(document.querySelectorAll(href)).toHaveLength(1);
    const blocks = document.querySelector("#run-1-cell-0-blocks");
    expect(blocks?.querySelectorAll(".data > g")).toHaveLength(cell.blocks.length);
    expect(blocks?.querySelectorAll("tbody tr")).toHaveLength(cell.blocks.length);
    const spread = document.querySelector("#run-1-cell-0-spread");
    expect(spread?.querySelector("table")).toBeNull();
    const shared = spread?.querySelector("a")?.getAttribute("href") ?? "";
    expect(document.querySelector(shared)?.closest("figure")?.id).toBe("run-1-cell-0-blocks");
  });

  it("draws each cell where they are few, and says where they are not", async () => {
    const few = parseHTML(await render(reported(SWEEP.cells.slice(0, 3)))).document;
    expect(few.querySelectorAll(".report-cell")).toHaveLength(3);
    expect(few.querySelectorAll(".report-cell figure")).toHaveLength(6);
    expect(few.querySelectorAll("#run-1-starts tbody tr")).toHaveLength(3);
    expect(few.querySelector(".report-cell")?.textContent).toContain("What really ran");
    const many = parseHTML(await render(reported())).document;
    expect(many.querySelectorAll(".report-cell")).toHaveLength(0);
    expect(many.body.textContent).toContain("would be too much for one file");
  });

  it("has a section for each run, and ids that are unique", async () => {
    const two = await render(
      reported(SWEEP.cells.slice(0, 3)),
      reported(SWEEP.cells.slice(3, 6), { id: "other" }),
    );
    const { document } = parseHTML(two);
    expect(document.querySelectorAll("main > section")).toHaveLength(2);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("counts what is not in it or not as it should be", async () => {
    const before = { ...SWEEP.environment.before, power: { onBattery: true } };
    const environment = { ...SWEEP.environment, dirty: true, before };
    const text = parseHTML(await render(reported(SWEEP.cells.slice(0, 2), { environment, complete: false })))
      .document.body.textContent;
    expect(text).toContain(`left out by filters: ${SWEEP.cells.length - 2} of ${SWEEP.cells.length} cells`);
    expect(text).toMatch(/commit \w{12} with changes/);
    expect(text).toContain("The run was interrupted: cells are missing.");
    expect(text).toContain(
      "The machine was on battery: clocks may be lower than on mains (only when the run began).",
    );
  });

  it("says once why cells have no figure, and counts them where it begins", async () => {
    const lost = SWEEP.cells.slice(0, 3).map((cell): Run["cells"][number] => {
      const { id, model, backend, target, options, multAdds, params } = cell;
      const reason = "The process died.";
      return { id, model, backend, target, options, multAdds, params, status: "crash", reason };
    });
    const { document } = parseHTML(await render(reported([...lost, ...SWEEP.cells.slice(3, 9)])));
    const text = document.body.textContent;
    expect(text).toContain("without a figure: 3 crash");
    expect(text?.match(/: crash\. The process died\. \(3 cells\)/g)).toHaveLength(1);
  });

  it("takes no text of a run file for markup", async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202E';
    const [first] = SWEEP.cells;
    if (!first) throw new Error("The run has cells.");
    const { model, target, options, multAdds, params } = first;
    const id = `${model}/failing/${target}`;
    const place = { id, model, backend: evil, target, options, multAdds, params };
    const failed: Run["cells"][number] = { ...place, status: "crash", reason: evil, remedy: evil };
    const environment = {
      ...SWEEP.environment,
      commit: evil,
      cpu: { ...SWEEP.environment.cpu, model: evil },
      os: { ...SWEEP.environment.os, name: evil },
    };
    const hostile = reported([failed, { ...first, backend: evil }], { id: evil, suite: evil, environment });
    const { document } = parseHTML(await render(hostile));
    expect(document.querySelectorAll("script, img, [onerror]")).toHaveLength(0);
    expect(document.querySelectorAll(".report-cell")).toHaveLength(1);
    expect(document.body.textContent).toContain("<script>alert(1)</script>");
  });
});

describe("a chart as a file", () => {
  const one = reported(SWEEP.cells.slice(1, 2));

  it.each(CHART_NAMES)("of %s stands by itself", async (chart) => {
    const { svg, width, height, says } = await chartFile(one, { chart, width: 640, scheme: "light" });
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).not.toMatch(/var\(|<style|<script|https?:\/\/(?!www\.w3\.org\/2000\/svg")/);
    expect([width, height > 0, says.length > 0]).toEqual([640, true, true]);
    const { documentElement } = parseHTML(`<html><body>${svg}</body></html>`).document;
    const root = documentElement.querySelector("svg");
    expect([root?.getAttribute("width"), root?.getAttribute("height")]).toEqual([
      String(width),
      String(height),
    ]);
    expect(root?.getAttribute("viewBox")).toBe(`-16 -16 ${width} ${height}`);
    expect(svg).not.toContain("data-");
  });

  it("names its marks at any width, and is refused where there is no room", async () => {
    const narrow = { chart: "latency-against-mult-adds", width: 400, scheme: "light" } as const;
    const { svg } = await chartFile(reported(), narrow);
    for (const name of ["ort-node", "tfjs-cpu", "wasm"]) expect(svg).toContain(`>${name}</text>`);
    await expect(chartFile(reported(), { ...narrow, width: 319 })).rejects.toThrow(/Give 320 at least/);
  });

  it("has the colours of its scheme", async () => {
    const inScheme = async (scheme: "light" | "dark") =>
      (await chartFile(one, { chart: "latency-against-mult-adds", width: 640, scheme })).svg;
    expect(await inScheme("light")).toContain("#ffffff");
    expect(await inScheme("dark")).toContain("#14171c");
    expect(await inScheme("dark")).not.toContain("#ffffff");
  });

  it("of one cell cannot be made of several, nor of one without a figure", async () => {
    for (const chart of CHART_NAMES.filter(isCellChart))
      await expect(chartFile(reported(), { chart, width: 640, scheme: "light" })).rejects.toThrow(
        /of one cell with a figure, and 112 are shown/,
      );
  });
});
