import { stripVTControlCharacters } from "node:util";
import { comparePaper } from "@mobilenet-bench/spec";
import {
  duration,
  fitLatency,
  millions,
  ofPeak,
  percent,
  runSchema,
  significant,
  type Cell,
  type Peaks,
} from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { impossibleFigures } from "../src/report/impossible.ts";
import { renderPaper } from "../src/report/paper.ts";
import { SWEEP_MODELS } from "../src/plan/suites.ts";
import { renderCsv } from "../src/report/csv.ts";
import { renderJson } from "../src/report/json.ts";
import { renderMarkdown } from "../src/report/markdown.ts";
import { reportOf } from "../src/report/report.ts";
import { sortCells } from "../src/report/sort-cells.ts";
import { renderTerminal } from "../src/report/terminal.ts";
import { failedCell, MEMORY, okCell } from "./cells.ts";
import { runOf } from "./runs.ts";

const PEAKS = peaksOf(2, { "wasm-relaxed": 25, "wasm-wide": 50 });
const CELLS = [
  okCell("mobilenet_v1_0.5_160", "ts", 31.25),
  okCell("mobilenet_v1_1.0_224", "ts", 250),
  okCell("mobilenet_v1_1.0_224", "wasm", 11.4, { options: { threads: 2 }, memory: MEMORY }),
  okCell("mobilenet_v1_0.25_128", "ts", 6.1, { warmUp: { inferences: 9, stable: false } }),
  failedCell("mobilenet_v1_1.0_224", "tfjs-node", "The native library is missing.", "Run mnb doctor --fix."),
  failedCell("mobilenet_v1_0.5_160", "tfjs-node", "The native library is missing.", "Run mnb doctor --fix."),
];

function peaksOf(cores: number, peak: Record<string, number>): Peaks {
  const cpu = { model: "Test CPU", physicalCores: cores, speedGHz: null, features: [] };
  return { cpu: { ...cpu, cores, l2CacheBytes: null, l3CacheBytes: null }, peak };
}

const terminal = (cells: readonly Cell[], columns: number, color = false) =>
  renderTerminal(reportOf(runOf(cells)), { columns, color });

describe("terminal table", () => {
  it("fits 80 columns, grouped by model", () => {
    const text = terminal(CELLS, 80);
    for (const line of text.split("\n").filter((line) => !line.startsWith("!")))
      expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatchSnapshot();
  });

  it("has the most of columns that fits", () => {
    const atMost = (columns: number) => {
      const text = terminal(CELLS, columns);
      for (const line of text.match(/^(backend|wasm|ts|tfjs).*$/gm) ?? [])
        expect(line.length).toBeLessThanOrEqual(columns);
      return text;
    };
    expect(atMost(120)).toMatch(/ok, unsettled$/m);
    expect(atMost(60)).not.toContain("cold");
    expect(terminal(CELLS, 10)).toMatch(/^ts +× *$|fastest/m);
  });

  it("is one flat table where there is room", () => {
    expect(terminal(CELLS, 200)).toMatchSnapshot();
  });

  it("has colours only where they are wanted, and the same text with them", () => {
    const plain = terminal(CELLS, 80);
    const colored = terminal(CELLS, 80, true);
    expect(stripVTControlCharacters(plain)).toBe(plain);
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  it("tells a reason that cells share once, with all that share it", () => {
    const other = failedCell(
      "mobilenet_v1_0.5_160",
      "ts",
      "The native library is missing.",
      "Run mnb doctor --fix.",
    );
    const text = terminal([...CELLS, other], 80);
    expect(text.match(/native library is missing/g)).toHaveLength(1);
    expect(text).toContain("tfjs-node/node, ts/node: unsupported.");
    expect(text).toContain("(3 cells)");
  });

  it("shows both ends of an interval that lies to one side, and says within what it holds", () => {
    const skewed = okCell("mobilenet_v1_0.25_128", "ts", 4.7);
    const text = terminal([{ ...skewed, latency: { ...skewed.latency, ci95: [4.31, 8.04] } }], 80);
    expect(text).toContain("4.31–8.04");
    expect(text).not.toContain("±");
    expect(text).toContain("95 % within this run: ");
  });
});

it("sorts by mult-adds, then by latency, with failures last", () => {
  expect(sortCells(CELLS).map(({ model, backend }) => `${model.slice(13)} ${backend}`)).toEqual([
    "1.0_224 wasm",
    "1.0_224 ts",
    "1.0_224 tfjs-node",
    "0.5_160 ts",
    "0.5_160 tfjs-node",
    "0.25_128 ts",
  ]);
});

it("marks what ran on a software GPU and never ranks it with hardware", () => {
  const adapter = { class: "software", vendor: "google" };
  const actual = { threads: 1, precision: "fp32", adapter };
  const software = okCell("mobilenet_v1_1.0_224", "webgpu", 5, { actual });
  const hardware = okCell("mobilenet_v1_1.0_224", "ts", 250);
  expect(sortCells([software, hardware]).map(({ backend }) => backend)).toEqual(["ts", "webgpu"]);
  expect(ofPeak(software, PEAKS)).toBeUndefined();
  const text = terminal([software, hardware], 70);
  expect(text).toContain("ok s");
  expect(text).toContain("s: on a software GPU");
  expect(terminal([software, hardware], 200)).toContain("ok, software GPU");
});

describe("every form", () => {
  const adapter = { class: "software", vendor: "google" };
  const software = okCell("mobilenet_v1_0.5_160", "webgpu", 90, {
    actual: { threads: 1, adapter },
    retries: 1,
  });
  const report = reportOf(runOf([...CELLS, software]));
  const forms = {
    terminal: renderTerminal(report, { columns: Infinity, color: false }),
    narrow: renderTerminal(report, { columns: 80, color: false }).replaceAll("\n", " "),
    markdown: renderMarkdown(report),
    csv: renderCsv(report),
    json: renderJson(report),
  };

  it.each(Object.entries(forms))(
    "carries date, machine, commit, marks with their meaning, reasons: %s",
    (_, text) => {
      expect(text).toMatch(/2026-01-02[T ]03:04/);
      for (const fact of ["Test CPU", "KVM", "Test OS 12", "24.21.0", "0123456789ab"])
        expect(text).toContain(fact);
      for (const meaning of [
        "on a software GPU: correct",
        "a process died at first",
        "blocks still differed",
      ])
        expect(text).toContain(meaning);
      expect(text).toContain("The native library is missing.");
      expect(text).toContain("Run mnb doctor --fix.");
    },
  );

  it("tells that a run was interrupted, and what measured which cell", () => {
    const run = runOf(CELLS);
    const part = (commit: string, ids: string[]) => ({
      startedAt: "2026-01-03T00:00:00.000Z",
      environment: { ...run.environment, commit, dirty: false },
      cells: ids,
    });
    const [first, ...others] = CELLS.map(({ id }) => id);
    const parts = [part("a".repeat(40), [first ?? ""]), part("b".repeat(40), others)];
    const resumed = reportOf({ ...run, complete: false, parts });
    for (const text of [
      renderTerminal(resumed, { columns: 80, color: false }),
      renderMarkdown(resumed),
      renderJson(resumed),
    ])
      expect(text).toMatch(/interrupted: cells are missing|"complete": false/);
    expect(renderMarkdown(resumed)).toMatch(/^- Part 2 of 2: 5 cells, .*bbbbbbbbbbbb/m);
    const csv = renderCsv(resumed);
    expect(csv).toMatch(/^mobilenet_v1_0\.5_160\/ts\/node,.*,false,1,.*,a{40},false$/m);
    expect(csv).toMatch(/^mobilenet_v1_1\.0_224\/ts\/node,.*,false,2,.*,b{40},false$/m);
  });

  it("has a row per cell in Markdown, with ratios before all other figures", () => {
    expect(forms.markdown).toMatchSnapshot();
  });

  it("has a rectangle of rows in CSV", () => {
    const csv = forms.csv.split("\n").map(fieldsOf);
    expect(csv).toHaveLength(1 + CELLS.length + 1);
    const titles = csv[0] ?? [];
    expect(new Set(csv.map(({ length }) => length))).toEqual(new Set([titles.length]));
    const first = Object.fromEntries(titles.map((title, i) => [title, csv[2]?.[i]]));
    expect(first).toMatchObject({
      id: "mobilenet_v1_1.0_224/ts/node",
      ratio_base: "mobilenet_v1_1.0_224/wasm/node?threads=2",
      commit: "0123456789abcdef0123456789abcdef01234567",
      dirty: "true",
    });
    expect(Number(first["ratio"])).toBeCloseTo(250 / 11.4);
  });

  it("is the run in the schema of run files, and what is derived, in JSON", () => {
    const run = runSchema.parse(JSON.parse(forms.json));
    const { derived, ...file } = run;
    expect({ ...file, cells: file.cells.map((cell) => ({ ...cell, derived: undefined })) }).toEqual({
      ...report.run,
      cells: report.run.cells.map((cell) => ({ ...cell, derived: undefined })),
    });
    expect(derived?.legend).toHaveProperty("unsettled");
    expect(run.cells.find(({ backend }) => backend === "webgpu")).toMatchObject({
      derived: { marks: ["software GPU", "retried"] },
    });
    expect(run.cells[1]).toMatchObject({
      derived: { ratio: { rounds: 0 }, ofPeak: { style: "wasm-wide" } },
    });
  });
});

describe("fitLatency", () => {
  it("recovers a line exactly", () => {
    const names = [
      "mobilenet_v1_1.0_224",
      "mobilenet_v1_0.75_192",
      "mobilenet_v1_0.5_160",
      "mobilenet_v1_0.25_128",
    ];
    const cells = names.map((name) => {
      const { multAdds } = okCell(name, "ts", 1);
      return okCell(name, "ts", 3 + 400 * (multAdds / 1e9));
    });
    const [fit] = fitLatency(cells);
    expect(fit).toMatchObject({ backend: "ts/node", software: false, models: 4 });
    expect(fit?.slope).toBeCloseTo(400, 6);
    expect(fit?.intercept).toBeCloseTo(3, 6);
    expect(fit?.rSquared).toBeCloseTo(1, 9);
  });

  it("names the model that the line misses most, and keeps options apart", () => {
    const cells = SWEEP_MODELS.flatMap((model) => {
      const ms = okCell(model, "ts", 1).multAdds / 1e7;
      return [
        okCell(model, "ts", model === "mobilenet_v1_0.25_128" ? ms * 5 : ms),
        okCell(model, "ts", ms / 2, { options: { threads: 2 } }),
      ];
    });
    const fits = fitLatency(cells);
    expect(fits.map(({ backend }) => backend)).toEqual(["ts/node", "ts/node?threads=2"]);
    expect(fits[0]?.worst.model).toBe("mobilenet_v1_0.25_128");
    expect(fits[0]?.worst.residual).toBeGreaterThan(0.2);
    expect(fits[1]?.rSquared).toBeCloseTo(1, 9);
  });

  it("says nothing of one or two models", () => {
    expect(fitLatency(CELLS.slice(0, 2))).toEqual([]);
  });
});

describe("of peak", () => {
  const fast = okCell("mobilenet_v1_1.0_224", "ort-node", 10); // 56.9 · 1e9 per second, of 50.
  const crowded = okCell("mobilenet_v1_1.0_224", "wasm", 11.4, { options: { threads: 64 } });
  const forms = (peaks: Peaks) => {
    const run = runOf([fast, crowded]);
    const report = reportOf({ ...run, environment: { ...run.environment, ...peaks } });
    const wide = renderTerminal(report, { columns: 300, color: false });
    const narrow = renderTerminal(report, { columns: 80, color: false });
    return { narrow, wide, markdown: renderMarkdown(report), csv: renderCsv(report) };
  };

  it("above 100 % is marked in every form, as are more threads than cores", () => {
    const { narrow, ...others } = forms(PEAKS);
    expect(narrow).toMatch(/114 % .* ok p$/m);
    expect(narrow).toContain("p: above what this machine can reach");
    expect(narrow).toMatch(/ 50 % .* ok o$/m);
    for (const text of Object.values(others)) {
      expect(text).toMatch(/ort-node.*above the peak/);
      expect(text).toMatch(/wasm.*more threads than cores/);
    }
  });

  it("above 100 % is a fault that names its cell", () => {
    expect(impossibleFigures([fast, crowded], PEAKS)).toEqual([
      expect.stringMatching(/^mobilenet_v1_1\.0_224\/ort-node\/node is at 114 % of what wasm-wide can reach/),
    ]);
    expect(impossibleFigures([crowded], PEAKS)).toEqual([]);
  });

  it("names the style that stood in for native code, and why", () => {
    const text = "of peak: share of 50.0 per thread (wasm-wide, for want of a native peak)";
    expect(forms(PEAKS).wide).toContain(text);
    expect(forms(PEAKS).markdown.replaceAll("`", "")).toContain(text);
    const missing = { "native-onnxruntime": "ort-node is not in this pack." };
    const checked = { before: {}, after: {}, missing, denominator: { style: "wasm-wide" } };
    expect(forms({ ...PEAKS, peakCheck: checked }).wide).toContain(
      "(wasm-wide, for want of a native peak: ort-node is",
    );
  });

  it("names the native style where there is one", () => {
    const { wide } = forms(peaksOf(2, { "wasm-wide": 50, "native-onnxruntime": 90 }));
    expect(wide).toContain("of peak: share of 90.0 per thread (native-onnxruntime)");
    expect(wide).toMatch(/ 63 % .* ok$/m);
  });

  it("is not told where the peaks disagreed: the reason stands beneath the table", () => {
    const denominator = { refused: "They are far apart." };
    const { wide, csv } = forms({ ...PEAKS, peakCheck: { before: {}, after: {}, missing: {}, denominator } });
    expect(wide).toContain("of peak: not told: They are far apart.");
    expect(wide).toMatch(/ 56\.9 +– .* ok$/m);
    expect(csv).not.toContain("wasm-wide");
  });
});

it("writes numbers for people", () => {
  expect([0, 0.01234, 0.999, 4.561, 78.94, 1234.5].map((value) => significant(value))).toEqual([
    "0",
    "0.0123",
    "0.999",
    "4.56",
    "78.9",
    "1235",
  ]);
  expect(millions(568740352)).toBe("568.7");
  expect(percent(0.0123, 1)).toBe("1.2 %");
  expect([400, 61_000, 3_700_000].map(duration)).toEqual(["0 s", "1 min 1 s", "1 h 1 min"]);
});

describe("the paper's figures", () => {
  const text = renderPaper(comparePaper());

  it("stand in 80 columns, each difference with its note", () => {
    const [layers = "", figures = ""] = text.split("\n\n");
    for (const line of `${layers}\n${figures}`.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const marks = [...new Set(text.match(/\[\d+\]$/gm))];
    expect(marks.length).toBeGreaterThan(3);
    for (const mark of marks) expect(text).toContain(`\n${mark} `);
  });

  it("show the published beside the computed", () => {
    expect(text).toMatch(/4 {2}MobileNet +mult-adds +569 +568\.74 +agrees/);
    expect(text).toMatch(/2 {2}Conv 3×3 +share of mult-adds +1\.19 +1\.9056 +\[\d\]/);
  });
});

/** Of a line of CSV without line breaks in fields. */
function fieldsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^",]*)/g), ([, field = ""]) => field);
}
