import { ranksOf, type Run } from "@mobilenet-bench/results";
import { describe, expect, it } from "vitest";
import { encodeLatest } from "../build/encode-latest.ts";
import { latestOf } from "../build/latest-of.ts";
import { newestFigures } from "../build/newest-figures.ts";
import type { PublishedRun } from "../build/published-run.ts";
import { decodeLatest, SiteDataError } from "../src/data/decode-latest.ts";
import { rankShown } from "../src/data/rank-shown.ts";
import { STALE } from "../src/data/site-cell.ts";
import { cellOf, failed, quick, runWith, sweep } from "./support/runs.ts";

/** Of runs on one machine, the newest first. */
async function latestFrom(...runs: readonly PublishedRun[]) {
  const { machines } = await newestFigures(runs);
  const [machine] = machines;
  if (!machine || machines.length > 1) throw new Error("These runs are not of one machine.");
  return latestOf(machine);
}

const WASM = "mobilenet_v1_0.5_160/wasm/node";
const later = (run: Run, days: number): Partial<Run> => ({
  id: `later-${days}`,
  startedAt: new Date(Date.parse(run.startedAt) + days * 86_400_000).toISOString(),
});

describe("the newest figures", () => {
  it("are those of the newest run of every suite, each cell once", async () => {
    const { cells, runs } = await latestFrom(quick, sweep);
    const ids = new Set([...quick.run.cells, ...sweep.run.cells].map(({ id }) => id));
    expect(new Set(cells.map(({ id }) => id))).toEqual(ids);
    expect(cells).toHaveLength(ids.size);
    expect(runs.map(({ id }) => id)).toEqual([quick.run.id, sweep.run.id]);
    expect(cells.find(({ id }) => id === WASM)?.run).toBe(quick.run.id);
    expect(cells.some(({ marks }) => marks.includes(STALE))).toBe(false);
  });

  it("carry over what a newer run of the suite has lost, marked, and neither ranked nor fitted", async () => {
    const { run } = sweep;
    const rest = run.cells.filter(({ backend }) => backend !== "wasm");
    const { cells, fits } = await latestFrom(runWith(run, rest, later(run, 1)), sweep);
    const lost = cells.filter(({ backend }) => backend === "wasm");
    expect(lost).toHaveLength(16);
    for (const cell of lost)
      expect(cell).toMatchObject({ run: run.id, marks: expect.arrayContaining([STALE]) });
    expect(lost.every(({ rank }) => rank === undefined)).toBe(true);
    expect(fits.map(({ backend }) => backend)).not.toContain("wasm/node");
  });

  it("lose nothing to a run that was interrupted", async () => {
    const { run } = sweep;
    const part = runWith(run, run.cells.slice(0, 3), { ...later(run, 1), complete: false });
    const { cells } = await latestFrom(part, sweep);
    expect(cells.some(({ marks }) => marks.includes(STALE))).toBe(false);
  });

  it("of a cell that fails now are none, with the reason", async () => {
    const { run } = sweep;
    const cells = run.cells.map((cell) => (cell.id === WASM ? failed(cellOf(sweep, WASM)) : cell));
    const latest = await latestFrom(runWith(run, cells, later(run, 1)), sweep);
    const found = latest.cells.find(({ id }) => id === WASM);
    expect(found).toMatchObject({ status: "crash", reason: "The process died (SIGSEGV)." });
    expect(found).not.toHaveProperty("ms");
  });
});

describe("ranks", () => {
  it("are those of the run", async () => {
    const { cells } = await latestFrom(sweep);
    const expected = ranksOf(sweep.run.cells);
    for (const { id, rank } of cells) expect({ id, rank }).toEqual({ id, rank: expected.get(id) });
  });

  it("among what is shown are those of a run that has no more", async () => {
    const { cells, surelyFaster } = await latestFrom(sweep);
    const isShown = ({ backend }: { backend: string }) => backend.startsWith("tfjs-");
    const expected = ranksOf(sweep.run.cells.filter(isShown));
    for (const { id, rank } of rankShown(cells.filter(isShown), surelyFaster))
      expect({ id, rank }).toEqual({ id, rank: expected.get(id) });
  });

  it.each([
    [3, "what these foresee", true],
    [2, "a factor of two alone", false],
  ])("of runs with %d before each are told apart by %s", async (before, _, apart) => {
    const { run } = sweep;
    const histories = ["wasm", "ort-node"].flatMap((backend, i) => {
      const cell = cellOf(sweep, `mobilenet_v1_0.5_160/${backend}/node`);
      return Array.from({ length: before + 1 }, (_, night) => {
        const median = cell.latency.median * (1 + 0.01 * (night % 2));
        const again = { ...cell, latency: { ...cell.latency, median } };
        return runWith(run, [again], { ...later(run, 10 * i + night), suite: null });
      });
    });
    const { surelyFaster } = await latestFrom(...histories);
    expect(surelyFaster.get("mobilenet_v1_0.5_160/wasm/node")).toEqual(
      new Set(apart ? ["mobilenet_v1_0.5_160/ort-node/node"] : []),
    );
    expect(surelyFaster.get("mobilenet_v1_0.5_160/ort-node/node")).toEqual(new Set());
  });

  it("of two runs are told apart by a factor of two alone", async () => {
    const { run } = sweep;
    const one = cellOf(sweep, "mobilenet_v1_0.5_160/wasm/node");
    const others = run.cells.filter(({ model, id }) => model === one.model && id !== one.id);
    const hand = runWith(run, [one], { ...later(run, 1), suite: null });
    const { cells, surelyFaster } = await latestFrom(hand, runWith(run, others));
    const [low, high] = one.latency.ci95;
    const faster = others.filter((cell) => cell.status === "ok" && cell.latency.ci95[1] * 2 < low);
    const slower = others.filter((cell) => cell.status === "ok" && cell.latency.ci95[0] > high * 2);
    expect(slower.length).toBeGreaterThan(0);
    expect(faster.length + slower.length).toBeLessThan(others.length);
    expect(surelyFaster.get(one.id)).toEqual(new Set(faster.map(({ id }) => id)));
    const rank = cells.find(({ id }) => id === one.id)?.rank;
    expect(rank).toEqual([1 + faster.length, others.length + 1 - slower.length]);
  });

  it("give no share of the first place to what only an older run has, and is many times as slow", async () => {
    const { cells } = await latestFrom(quick, sweep);
    const rankOf = (backend: string) =>
      cells.find(({ id }) => id === `mobilenet_v1_1.0_224/${backend}/node`)?.rank;
    expect(rankOf("tfjs-cpu")?.[0]).toBeGreaterThan(5);
    expect(rankOf("ort-node")).toEqual([1, 1]);
  });
});

describe("the file of a machine", () => {
  it("holds every figure to the last digit", async () => {
    const latest = await latestFrom(quick, sweep);
    const text = JSON.stringify(encodeLatest(latest));
    const { cells, ...rest } = decodeLatest(JSON.parse(text), "latest.json");
    expect(rest.surelyFaster).toEqual(
      new Map(latest.cells.map(({ id }) => [id, latest.surelyFaster.get(id) ?? new Set()])),
    );
    expect(rest.fits).toEqual(latest.fits);
    expect(rest.runs).toEqual(latest.runs);
    for (const [i, cell] of cells.entries()) {
      const { gmacs = 0, ...figures } = cell;
      const { gmacs: exact = 0, ...expected } = latest.cells[i] ?? cell;
      expect(figures).toEqual(expected);
      expect(gmacs).toBeCloseTo(exact, 9);
    }
  });

  it.each([
    ["another version", { schema: 2 }],
    ["columns of different lengths", { columns: { ms: [] } }],
    ["no dictionary", { texts: [] }],
  ])("is refused with %s", async (_, change) => {
    const file = encodeLatest(await latestFrom(sweep));
    const torn = {
      ...file,
      ...change,
      columns: { ...file.columns, ...("columns" in change ? change.columns : {}) },
    };
    expect(() => decodeLatest(torn, "latest.json")).toThrow(SiteDataError);
  });
});
