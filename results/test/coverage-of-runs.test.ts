import { describe, expect, it } from "vitest";
import { coverageOfRuns, type OkCell, type Run } from "../src/index.ts";
import { RUN } from "./run.ts";

const [CELL] = RUN.cells;

/** Runs on one day after the other; of each the medians of its cells, by id, with intervals of ± 0.1. */
function runsOf(days: readonly Readonly<Record<string, number>>[]): Run[] {
  if (CELL?.status !== "ok") throw new Error("The run of tests begins with a figure.");
  const cell: OkCell = CELL;
  const block = cell.blocks[0]!;
  return days.map((medians, day) => ({
    ...RUN,
    id: `run-${day}`,
    startedAt: new Date(Date.UTC(2026, 0, 2 + day)).toISOString(),
    cells: Object.entries(medians).map(([id, median]) => ({
      ...cell,
      id,
      latency: { ...cell.latency, median, ci95: [median - 0.1, median + 0.1] as [number, number] },
      blocks: Array.from({ length: 8 }, (_, round) => ({ ...block, round, medianMs: median })),
    })),
  }));
}

const told = (runs: readonly Run[], interval: string, cell: string) =>
  coverageOfRuns(runs).find((one) => one.interval === interval && one.cell === cell)?.coverage;

describe("coverageOfRuns", () => {
  it("tells of each interval beside a cell what it contains of the other runs", () => {
    const runs = runsOf([{ a: 1 }, { a: 1.05 }, { a: 1.5 }, { a: 1.02 }, { a: 1.04 }]);
    expect(told(runs, "median", "a")).toMatchObject({
      others: { count: 12, of: 20 },
      centre: { count: 4, of: 5 },
      apart: { count: 4, of: 10 },
    });
    // Three earlier runs are needed, so two runs have one, wide enough for the outlier before them.
    expect(told(runs, "history", "a")).toMatchObject({
      others: { of: 8 },
      centre: { count: 2, of: 2 },
    });
    expect(told(runs, "clocked", "a")).toBeUndefined();
  });

  it("takes the ratio to what most runs have as the base", () => {
    const runs = runsOf([
      { a: 1, b: 2 },
      { a: 1, b: 2 },
      { a: 1, b: 2.2 },
      { a: 3, b: 2.1 },
      { a: 1, b: 2 },
    ]);
    // Where b was the fastest, its ratio is 1 by definition, and that of another thing.
    expect(told(runs, "ratio", "b")).toMatchObject({ others: { count: 6, of: 12 } });
    expect(told(runs, "ratio", "a")).toBeUndefined();
  });

  it("tells nothing of what fewer than three runs have, failed cells among them", () => {
    const runs = runsOf([{ a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1 }]);
    expect(told(runs, "median", "a")).toBeDefined();
    expect(told(runs, "median", "b")).toBeUndefined();
    const failing = runs.map((run, i) =>
      i === 0
        ? { ...run, cells: run.cells.map((cell) => ({ ...cell, status: "crash" as const, reason: "" })) }
        : run,
    );
    expect(coverageOfRuns(failing)).toEqual([]);
  });

  it("does not depend on the order in which runs are given", () => {
    const runs = runsOf([{ a: 1 }, { a: 1.3 }, { a: 1.1 }, { a: 1.2 }]);
    expect(coverageOfRuns(runs.toReversed())).toEqual(coverageOfRuns(runs));
  });
});
