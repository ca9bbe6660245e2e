import { runSchema, type OkCell, type Run } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { renderCsv } from "../src/report/csv.ts";
import { renderJson } from "../src/report/json.ts";
import { renderMarkdown } from "../src/report/markdown.ts";
import { reportOf } from "../src/report/report.ts";
import { renderTerminal } from "../src/report/terminal.ts";
import { okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const MODEL = "mobilenet_v1_1.0_224";
const MEDIANS = [2.5, 2.44, 2.47, 2.52, 2.41, 2.46, 2.49, 2.45];

/** One block in each of eight sets, so many seconds apart. */
function spread(backend: string, factor: number, apartS: number): OkCell {
  const blocks = MEDIANS.map((ms, set) => ({
    set,
    round: 0,
    startedAt: new Date(Date.UTC(2026, 0, 2) + set * apartS * 1000).toISOString(),
    inferences: 10,
    medianMs: ms * factor,
    minMs: ms * factor,
    steal: 0,
  }));
  return okCell(MODEL, backend, 2.46 * factor, { blocks });
}

function run(apartS: number, changes: Partial<Run> = {}): Run {
  const sets = MEDIANS.map((_, set) => ({ model: MODEL, set, spinMs: 0.6 + set / 1000, readMs: 0.3 }));
  return runOf([spread("wasm", 1, apartS), spread("ort-node", 0.5, apartS)], {
    loops: { referenceSpinMs: 0.6, sets },
    time: { cellsMs: 370_000, timedMs: 160_000 },
    ...changes,
  });
}

const earlier = [2.45, 2.5, 2.44, 2.47, 2.42].map((ms, i) =>
  runOf([okCell(MODEL, "wasm", ms)], { id: `run ${i}`, startedAt: `2026-01-01T00:00:0${i}.000Z` }),
);

function forms(one: Run, before: readonly Run[] = []) {
  const report = reportOf(one, { earlier: before });
  return {
    narrow: renderTerminal(report, { columns: 80, color: false }),
    wide: renderTerminal(report, { columns: 300, color: false }),
    markdown: renderMarkdown(report).replaceAll("`", ""),
    csv: renderCsv(report),
    json: renderJson(report),
  };
}

describe("what other runs would be", () => {
  it("is told beside the median, in 80 columns, with what each interval contains", () => {
    const { narrow } = forms(run(60), earlier);
    for (const line of narrow.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(narrow).toMatch(/^wasm .* 2\.41–2\.53 +2\.45 ±1\.3 % +±3\.5 % \(5\) .*ok p$/m);
    expect(narrow).toMatch(/^ort-node .* 1\.23 ±1\.3 % .*ok p$/m);
    expect(narrow).toContain("95 % within this run: ");
    expect(narrow).toContain("at reference clock ms: comparable with other runs here, 95 % of them within ±");
    expect(narrow).toContain("another run here: its median, 95 %, as told by (so many) earlier runs");
  });

  it("is in every form, with how the clock went and what was measuring", () => {
    const { csv, json, ...texts } = forms(run(60), earlier);
    for (const text of Object.values(texts)) {
      expect(text).toMatch(/±3\.5 %\s+\(5\)/);
      expect(text).toContain("clock −1.2 … 0.0 % against the reference (spin loop 0.600 … 0.607 ms)");
      expect(text).toContain("8 MiB were read in 0.300 … 0.300 ms");
      expect(text).toContain("measuring 43 % of 6 min 10 s");
    }
    const [titles = "", ...rows] = csv.split("\n");
    const wasm = rows.find((row) => row.includes("/wasm/"))?.split(",") ?? [];
    const field = (title: string) => Number(wasm[titles.split(",").indexOf(title)]);
    expect(field("reference_clock_ms")).toBeCloseTo(2.4528, 3);
    expect(field("reference_clock_sets")).toBe(8);
    expect(field("another_run_here_earlier_runs")).toBe(5);
    expect(field("timed_ms")).toBe(160_000);
    const cell = runSchema.parse(JSON.parse(json)).cells.find(({ backend }) => backend === "wasm");
    expect(cell).toMatchObject({
      derived: { atReferenceClock: { sets: 8 }, anotherRun: { earlierRuns: 5 } },
    });
  });

  it("is never told of a run of less than four minutes, nor by fewer than three earlier runs", () => {
    const { csv, ...texts } = forms(run(25), earlier.slice(0, 2));
    for (const text of Object.values(texts)) expect(text).not.toMatch(/at reference clock|another run here/);
    expect(csv.split("\n")[1]).not.toContain("NaN");
  });
});
