import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "@mobilenet-bench/results";
import {
  planYear,
  simulatedRun,
  simulateNights,
  SIMULATED_CELLS,
  type PlannedEvent,
} from "@mobilenet-bench/results/simulation";
import { writeRun } from "@mobilenet-bench/results/store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sparkline } from "../src/history/sparkline.ts";
import { callMnb } from "./support/call-mnb.ts";

const NIGHTS = 60;
const CELLS = SIMULATED_CELLS.filter((cell) => /^mobilenet_v1_(0.5_160|1.0_224)\//.test(cell));
const SLOWER = "mobilenet_v1_1.0_224/ort-node/node?threads=2";
const events: PlannedEvent[] = [
  { kind: "step", night: 30, nights: 1, step: Math.log(1.1), cells: [SLOWER] },
  { kind: "system", night: 40, nights: 1, step: Math.log(1.04), cells: CELLS },
  { kind: "crash", night: NIGHTS - 1, nights: 1, step: 0, cells: [CELLS[0] ?? ""] },
  { kind: "step", night: NIGHTS - 1, nights: 1, step: Math.log(1.3), cells: [CELLS[4] ?? ""] },
];
const SIMULATED: Run[] = simulateNights({ ...planYear(1, NIGHTS, CELLS), events }).map(simulatedRun);
/** As if it had been measured, so that what comes after a nomination is told. */
const MEASURED: Run[] = SIMULATED.map((run) => {
  const { simulated: _, ...measured } = run;
  return measured;
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-history-"));
  for (const run of MEASURED) await writeRun(join(folder, "measured"), run);
  for (const run of SIMULATED.slice(0, 3)) await writeRun(join(folder, "simulated"), run);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const history = (...words: string[]) => callMnb(["history", "--runs", join(folder, "measured"), ...words]);

describe("mnb history", () => {
  it("shows the machine's line, the series, changes and what is to be looked at, in 80 columns", async () => {
    vi.stubEnv("COLUMNS", "80");
    const { stdout, stderr, exitCode } = await history();
    vi.unstubAllEnvs();
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/30 series over 60 runs, 2025-01-01 to 2025-03-01, on machine\ssimulated-a/);
    expect(stdout).toMatch(/At reference clock\. The machine: × [\d.]+–[\d.]+, now × 1\.0\d+ by \d+ cells/);
    expect(lines.find((line) => line.startsWith("ort-node?threads=2"))).toMatch(
      /^\S+ +60 +[\d.]+ +[\d.]+ % +[\d.]+ +[▁-█]+$/,
    );
    expect(lines.find((line) => /^2025-01-31 +1\.0_224\/ort-node\/node\?threads=2/.test(line))).toMatch(
      / 1\.(09|10)/,
    );
    expect(stdout).toMatch(/^2025-02-\d\d +the machine +1\.0\d+ +kernel 6\.1 → 6\.6$/m);
    const flat = stdout.replaceAll("\n", " ");
    expect(flat).toContain("Next: mnb compare 00000000003a 00000000003b 0.5_160/tfjs-wasm/node");
    expect(flat).toContain("has no figure any more, the last of 2025-02-28. It ended as crash");
  });

  it("shows the cells that are chosen, by id, by name and by axis, and days from one on", async () => {
    const byId = await history(SLOWER, "--json");
    const seriesOf = (text: string) => {
      const { series }: { series: { cell: string; points: unknown[] }[] } = JSON.parse(text);
      return series;
    };
    expect(seriesOf(byId.stdout).map(({ cell }) => cell)).toEqual([SLOWER]);
    const byFilters = await history("--backend", "ort-*", "--threads", "2", "--target", "node", "--json");
    expect(seriesOf(byFilters.stdout).map(({ cell }) => cell)).toEqual([
      "mobilenet_v1_0.5_160/ort-node/node?threads=2",
      SLOWER,
    ]);
    const since = await history(SLOWER, "--since", "2025-02-20", "--json");
    expect(seriesOf(since.stdout)[0]?.points).toHaveLength(10);
  });

  it("tells the same as JSON, as CSV and as Markdown", async () => {
    const { stdout } = await history(SLOWER, "--json");
    const told: { runs: object[]; series: { changes: { run: string; ratio: number }[] }[] } =
      JSON.parse(stdout);
    expect(told.runs).toHaveLength(NIGHTS);
    expect(told.series[0]?.changes[0]?.run).toMatch(/003[01]$/);
    const csv = await history(SLOWER, "--format", "csv");
    const [titles = "", ...rows] = csv.stdout.split("\n");
    expect(rows).toHaveLength(NIGHTS);
    expect(titles.split(",")).toEqual(expect.arrayContaining(["own_ms", "machine_ratio", "level_ratio"]));
    expect(rows.filter((row) => row.includes("commit "))).toHaveLength(1);
    const markdown = await history("--format", "markdown");
    expect(markdown.stdout).toContain("## Changes of level");
    expect(markdown.stdout).toMatch(/\| 2025-02-\d\d \| the machine/);
  });

  it("draws one series as SVG, with its changes told beneath", async () => {
    const path = join(folder, "series.svg");
    const { stdout, exitCode } = await history(SLOWER, "--svg", path);
    expect({ stdout, exitCode }).toEqual({ stdout: path, exitCode: 0 });
    const svg = await readFile(path, "utf8");
    expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.match(/<circle/g)).toHaveLength(NIGHTS);
    expect(svg).toContain("commit 00000000001d → 00000000001e");
  });

  it("says first that figures were simulated", async () => {
    const words = ["history", "--runs", join(folder, "simulated")];
    const { stdout } = await callMnb(words);
    expect(stdout.trimStart()).toMatch(/^SIMULATED by a simulated year of seed 1: nothing was measured/);
    const markdown = await callMnb([...words, "--format", "markdown"]);
    expect(markdown.stdout).toMatch(/^\S*SIMULATED/);
    const [, row = ""] = (await callMnb([...words, "--format", "csv"])).stdout.split("\n");
    expect(row).toMatch(/a simulated year of seed 1$/);
    const shown = await callMnb(["show", await newestIn("simulated")]);
    expect(shown.stdout).toContain("SIMULATED by a simulated year of seed 1");
  });

  it.each<[string, string[], RegExp]>([
    ["a cell that nobody measured", ["0.25_128/ts/node"], /No series fits/],
    ["an unknown machine", ["--machine", "nowhere"], /No run is of a machine "nowhere"\. Use simulated-a\./],
    ["no day", ["--since", "yesterday"], /Give a day, such as 2026-11-22/],
    ["a drawing without room", [SLOWER, "--svg", "narrow.svg", "--width", "100"], /Give 320 at least/],
    ["a drawing of many series", ["--svg", "many.svg"], /A drawing is of one series, and 30 fit/],
  ])("refuses %s", async (_, words, message) => {
    const { stderr, exitCode } = await history(...words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it("refuses a folder without runs", async () => {
    const { stderr, exitCode } = await callMnb(["history", "--runs", join(folder, "none")]);
    expect(stderr).toMatch(/There is no stored run/);
    expect(exitCode).toBe(2);
  });
});

async function newestIn(name: string): Promise<string> {
  const [file = ""] = (await readdir(join(folder, name))).toSorted().toReversed();
  return join(folder, name, file);
}

describe("sparkline", () => {
  it("draws noise as noise and a step as a step", () => {
    expect(sparkline([10, 10.05, 9.95])).toMatch(/^[▄▅]+$/);
    expect(sparkline([10, 10, 13])).toBe("▁▁█");
    expect(sparkline([])).toBe("");
  });
});
