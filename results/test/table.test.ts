import { describe, expect, it } from "vitest";
import {
  FIGURE_TITLES,
  figureRecord,
  MARKS,
  marksNamed,
  rowOf,
  TABLE_COLUMNS,
  TABLE_FORMS,
  tableCsv,
  tableFileName,
  tableJson,
  tableMarkdown,
  type FilteredTable,
  type TableColumn,
  type TableFigures,
  type TableRow,
} from "../src/table/index.ts";
import type { Ratio } from "../src/schema.ts";
import type { RankRange } from "../src/statistics/index.ts";
import { RUN } from "./run.ts";

const TS = "mobilenet_v1_0.25_128/ts/node";
const FIGURES: TableFigures = {
  peaks: { ...RUN.environment, peak: { "wasm-wide": 50 } },
  ratios: new Map<string, Ratio>([[TS, { base: "b", value: 2, ci95: [1.9, 2.1], rounds: 10 }]]),
  ranks: new Map<string, RankRange>([[TS, [2, 4]]]),
  clocked: new Map(),
  another: new Map(),
};
const ROWS: readonly TableRow[] = RUN.cells.map((cell) => rowOf(cell, FIGURES));
const TABLE: FilteredTable = { rows: ROWS, filters: ["target=node", "threads=1,2"], leftOut: 14 };
const COLUMNS: readonly TableColumn[] = [
  TABLE_COLUMNS.model,
  TABLE_COLUMNS.backend,
  TABLE_COLUMNS.rank,
  TABLE_COLUMNS.median,
  TABLE_COLUMNS.interval,
  TABLE_COLUMNS.clocked,
  TABLE_COLUMNS.peak,
  TABLE_COLUMNS.coldStart,
  TABLE_COLUMNS.status,
];

describe("a row", () => {
  it("has the figures of its cell, and what they are set against", () => {
    expect(ROWS[0]).toMatchObject({ ms: 8, ci95: [7.9, 8.1], rank: [2, 4], ratio: { value: 2 }, marks: [] });
    expect(ROWS[0]?.ofPeak).toMatchObject({ style: "wasm-wide", threads: 1 });
  });

  it("has a reason in their place where the cell has none", () => {
    expect(ROWS[1]).toMatchObject({
      status: "unsupported",
      reason: "The native library is missing.",
      marks: [],
    });
    for (const figure of ["ms", "ci95", "rank", "ratio", "ofPeak", "coldStart", "gmacs"])
      expect(ROWS[1]).not.toHaveProperty(figure);
  });

  it("shows nothing where nothing was measured, and a dash where nothing can be told", () => {
    const shown = (i: number) => COLUMNS.map(({ value }) => value(ROWS[i] ?? failing(i)));
    expect(shown(0)).toEqual([
      "mobilenet_v1_0.25_128",
      "ts",
      "2–4",
      "8.00",
      "7.90–8.10",
      "",
      "3 %",
      "40",
      "ok",
    ]);
    expect(shown(1)).toEqual(["mobilenet_v1_0.25_128", "tfjs-node", "", "", "", "", "", "", "unsupported"]);
    const { ofPeak: _, ...gpu } = ROWS[0] ?? failing(0);
    expect(TABLE_COLUMNS.peak.value(gpu)).toBe("–");
  });
});

function failing(i: number): never {
  throw new Error(`There is no row ${i}.`);
}

describe("CSV", () => {
  it("has full precision, a field for each title, and empty ones where nothing is known", () => {
    const [titles = "", ok = "", failed = ""] = tableCsv(ROWS).split("\n");
    expect(titles.split(",")).toEqual(FIGURE_TITLES);
    const at = (line: string, title: string) => line.split(",")[titles.split(",").indexOf(title)];
    expect(at(ok, "median_ms")).toBe("8");
    expect(at(ok, "gmacs")).toBe("1.696");
    expect(at(ok, "rank_worst")).toBe("4");
    expect(at(failed, "median_ms")).toBe("");
    expect(at(failed, "reason")).toBe("The native library is missing.");
  });

  it("tells a figure of 0 from one that is not there", () => {
    const [row] = ROWS;
    expect(figureRecord({ ...(row ?? failing(0)), ms: 0 }).median_ms).toBe(0);
  });
});

describe("JSON", () => {
  it("has every row as it is, and says what chose it", () => {
    expect(JSON.parse(tableJson(TABLE))).toEqual({
      filters: TABLE.filters,
      leftOut: 14,
      cells: JSON.parse(JSON.stringify(ROWS)),
    });
  });
});

describe("Markdown", () => {
  it("has what the table shows, what is left out, what titles mean, and why figures are missing", () => {
    const lines = tableMarkdown(TABLE, COLUMNS).split("\n");
    expect(lines[0]).toBe("2 of 16 cells: target=node, threads=1,2");
    expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(4);
    // No row has anything at the reference clock.
    expect(lines.find((line) => line.startsWith("|"))).not.toContain("clock");
    expect(lines).toContain("- cold ms: import, load and first inference");
    expect(lines.join("\n")).toContain("The native library is missing. Run mnb doctor --fix.");
  });

  it("says nothing of filters where there are none", () => {
    expect(tableMarkdown({ rows: ROWS, filters: [], leftOut: 0 }, COLUMNS)).toMatch(/^\| /);
  });

  it("takes no text of a file for markup", () => {
    const evil = "<script>alert(1)</script> | ![i](http://x.y)\n# \u202E";
    const row = { ...(ROWS[1] ?? failing(1)), backend: evil, reason: evil };
    const text = tableMarkdown({ rows: [row], filters: [evil], leftOut: 1 }, COLUMNS);
    expect(text.replaceAll(/`[^`]*`/g, "")).not.toMatch(/<script|!\[|\u202E/);
  });
});

describe("a file of a table", () => {
  it("is named after its filters, on every system", () => {
    expect(tableFileName(TABLE.filters, "csv")).toBe("mobilenet-bench_target=node_threads=1,2.csv");
    expect(tableFileName([], "md")).toBe("mobilenet-bench.md");
    const name = tableFileName(["backend=!tfjs-*", "search=a/b\\c:?", "x".repeat(500)], "json");
    expect(name).toMatch(/^[\w.=,-]{1,210}$/);
  });

  it("can be had in every form", () => {
    for (const { of, type } of Object.values(TABLE_FORMS)) {
      expect(of(TABLE, COLUMNS)).toContain("mobilenet_v1_0.25_128");
      expect(type).toMatch(/^(text|application)\//);
    }
  });
});

describe("marks", () => {
  it("have a letter and a word each, and are found by it", () => {
    expect(new Set(MARKS.map(({ letter }) => letter)).size).toBe(MARKS.length);
    expect(marksNamed(["retried", "stale"]).map(({ letter }) => letter)).toEqual(["r", "a"]);
  });

  it("of a later version stand for themselves", () => {
    expect(marksNamed(["unheard of"])).toMatchObject([{ letter: "unheard of", word: "unheard of" }]);
  });
});
