import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  calibrationOf,
  describeComparison,
  differenceOf,
  pairDifference,
  pairSchema,
  SEQUENTIAL_RULE,
  summarizeCalibration,
  type CalibrationLine,
  type CalibrationStart,
  type Pair,
  type PairedComparison,
} from "../src/index.ts";
import { readCalibration, writeCalibration } from "../src/store/index.ts";
import { RUN } from "./run.ts";

const CELL = "mobilenet_v1_0.25_64/wasm/node";

function pairOf(pair: number, difference: number): Pair {
  return {
    pair,
    startedAt: "2026-01-02T03:04:05.000Z",
    seconds: 1.5,
    core: pair % 2,
    startedFirst: "base",
    beganWith: "candidate",
    baseMs: [2, 2, 2],
    candidateMs: [2, 2, 2].map((ms) => ms * Math.exp(difference)),
    load1: 0.5,
    steal: 0,
  };
}

function startOf(changes: Partial<CalibrationStart> = {}): CalibrationStart {
  return {
    kind: "start",
    version: 1,
    id: "2026-01-02T03-04-05-1-abcdef",
    startedAt: "2026-01-02T03:04:05.000Z",
    seed: 1,
    cells: [CELL],
    slowDowns: [0, 0.03],
    pairs: 120,
    stretch: 40,
    besideLoad: false,
    protocol: {
      warmUpMs: 80,
      blockMs: 40,
      rounds: 6,
      roundsMs: 2400,
      leastRounds: 3,
      threadsPauseMs: 50,
      looks: [...SEQUENTIAL_RULE.looks],
      alpha: SEQUENTIAL_RULE.alpha,
      margin: SEQUENTIAL_RULE.margin,
    },
    environment: RUN.environment,
    ...changes,
  };
}

const linesOf = (slowDown: number, differences: readonly number[]): CalibrationLine[] =>
  differences.map((difference, i) => ({
    kind: "pair",
    cell: CELL,
    slowDown,
    record: pairOf(i, difference),
  }));

/** Numbers in [0, 1) that repeat. */
const randomOf = () => {
  let state = 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
};

describe("a pair", () => {
  it("differs as its blocks do, the first inferences left out", () => {
    const ms = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(ms, fc.double({ min: 0.5, max: 2, noNaN: true }), (baseMs, factor) => {
        const candidateMs = baseMs.map((base, i) => base * (i % 2 === 0 ? factor : 1));
        const blocks = (medians: number[]) => medians.map((median) => [1000, median, median]);
        expect(differenceOf({ baseMs, candidateMs })).toBeCloseTo(
          pairDifference(blocks(baseMs), blocks(candidateMs)),
          12,
        );
        expect(differenceOf({ baseMs: candidateMs, candidateMs: baseMs })).toBeCloseTo(
          -differenceOf({ baseMs, candidateMs }),
          12,
        );
      }),
    );
  });

  it.each([
    ["a side has a block less", { baseMs: [1, 2] }],
    ["a time is nothing", { baseMs: [1, 0, 1] }],
    ["it is pinned, and says why it is not", { unpinned: "no taskset" }],
    ["it is not pinned, and does not say why", { core: null }],
  ])("is refused where %s", (_, changes) => {
    expect(pairSchema.safeParse(pairOf(0, 0)).success).toBe(true);
    expect(pairSchema.safeParse({ ...pairOf(0, 0), ...changes }).success).toBe(false);
  });
});

describe("the words of a comparison", () => {
  const comparison: PairedComparison = {
    verdict: "slower",
    ratio: 1.031,
    interval: [1.025, 1.08],
    level: 0.99,
    margin: 0.015,
    pairs: 12,
    p: 0.0005,
    final: true,
    rounds: 6,
    seconds: 14,
  };
  it.each<[Partial<PairedComparison>, string]>([
    [{}, "slower by 3.1 % (2.5 … 8.0 %, 99 %, 12 pairs)"],
    [
      { verdict: "faster", ratio: 0.97, interval: [0.95, 0.99] },
      "faster by 3.0 % (1.0 … 5.0 %, 99 %, 12 pairs)",
    ],
    [{ verdict: "same", interval: [0.995, 1.007] }, "same within 1.5 % (−0.5 … +0.7 %)"],
    [
      { verdict: "unknown", interval: [0.979, 1.019], pairs: 40, unpinned: "threads" },
      "unknown after 40 pairs: −2.1 … +1.9 %, unpinned",
    ],
  ])("%o", (changes, words) => {
    expect(describeComparison({ ...comparison, ...changes })).toBe(words);
  });
});

describe("a summary of a calibration", () => {
  const alternating = (count: number, size: number, centre = 0) =>
    Array.from({ length: count }, (_, i) => centre + (i % 2 === 0 ? size : -size) * (1 + (i % 7) / 10));

  it("counts comparisons of which no pair is in two, and none that could run out of pairs", () => {
    const lines = [...linesOf(0, alternating(120, 0.001)), ...linesOf(0.03, alternating(120, 0.001, 0.03))];
    const [equal, slowed] = summarizeCalibration(calibrationOf(startOf(), lines), 50, randomOf);
    // 12 pairs each, as long as 60 are left.
    expect(equal?.inTime).toMatchObject({
      comparisons: 6,
      verdicts: { same: 6 },
      found: { count: 0, of: 6 },
    });
    expect(slowed?.inTime).toMatchObject({
      comparisons: 6,
      verdicts: { slower: 6 },
      found: { count: 6, of: 6 },
    });
    expect(slowed?.bySplit).toMatchObject({ comparisons: 50, verdicts: { slower: 50 } });
    expect(slowed?.bySplit.seconds?.median).toBeCloseTo(18);
    expect(slowed?.median).toBeCloseTo(Math.exp(0.03), 2);
  });

  it("counts a faster side as a false alarm of equal ones, and as no find of slowed ones", () => {
    const faster = alternating(60, 0.001, -0.1);
    const lines = [...linesOf(0, faster), ...linesOf(0.03, faster)];
    const [equal, slowed] = summarizeCalibration(calibrationOf(startOf(), lines), 20, randomOf);
    expect(equal?.bySplit.found).toMatchObject({ count: 20, of: 20 });
    expect(slowed?.bySplit.found).toMatchObject({ count: 0, of: 20 });
    expect(equal?.beyond2).toBe(1);
  });

  it("says nothing of what is not recorded yet", () => {
    const [equal] = summarizeCalibration(calibrationOf(startOf(), linesOf(0, [0, 0.01])), 20, randomOf);
    expect(equal).toMatchObject({
      pairs: 2,
      inTime: { comparisons: 0 },
      bySplit: { comparisons: 0, seconds: null },
    });
  });
});

describe("the file of a calibration", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "calibrations-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is read as it was written", async () => {
    const lines = linesOf(0.03, [0.01, 0.03]);
    const path = await writeCalibration(folder, startOf(), lines);
    expect(await readCalibration(path)).toEqual(calibrationOf(startOf(), lines));
  });

  it("is refused where a line is torn or none of its kind", async () => {
    const path = await writeCalibration(folder, startOf(), linesOf(0.03, [0.01, 0.03]));
    const text = await readFile(path, "utf8");
    await writeFile(path, text.slice(0, -9));
    await expect(readCalibration(path)).rejects.toThrow("is torn");
    await writeFile(path, text.replace('"baseMs":[2,2,2]', '"baseMs":[2,-2,2]'));
    await expect(readCalibration(path)).rejects.toThrow("line 2, at record.baseMs.1");
    await writeFile(path, text.replace('"version":1', '"version":2'));
    await expect(readCalibration(path)).rejects.toThrow("line 1, at version");
  });
});
