import { describe, expect, it } from "vitest";
import { clockedFigures } from "../src/clocked.ts";
import type { OkCell, Run } from "../src/schema.ts";
import { RUN } from "./run.ts";

const [CELL] = RUN.cells;
const SETS = [2.5, 2.44, 2.47, 2.52, 2.41, 2.46, 2.49, 2.45];

/** A run of one cell with one block in each set, so many seconds apart, beside spin loops of those times. */
function runOf(medians: readonly number[], spins: readonly (number | null)[], apartS = 35, actual = {}): Run {
  if (CELL?.status !== "ok") throw new Error("The run of tests begins with a figure.");
  const [block] = CELL.blocks;
  const blocks = medians.map((medianMs, set) => ({
    ...block!,
    set,
    medianMs,
    startedAt: new Date(Date.UTC(2026, 0, 2) + set * apartS * 1000).toISOString(),
  }));
  const cell: OkCell = { ...CELL, blocks, actual: { ...CELL.actual, ...actual } };
  const sets = spins.map((spinMs, set) => ({ model: CELL.model, set, spinMs, readMs: 0.3 }));
  return { ...RUN, cells: [cell], loops: { referenceSpinMs: 0.6, sets } };
}

const figureOf = (run: Run) => clockedFigures(run).get(CELL?.id ?? "");

describe("clockedFigures", () => {
  it("are the geometric means over sets where the clock was the reference's, with the t interval", () => {
    const figure = figureOf(
      runOf(
        SETS,
        SETS.map(() => 0.6),
      ),
    );
    expect(figure?.sets).toBe(8);
    expect(figure?.ms).toBeCloseTo(2.4673, 4);
    expect(figure?.ci95[0]).toBeCloseTo(2.4379, 4);
    expect(figure?.ci95[1]).toBeCloseTo(2.497, 4);
  });

  it("are the same whatever the clock was", () => {
    const clocks = [1, 1.1, 0.9, 1.2, 1.05, 0.95, 1, 1.3];
    const slowed = runOf(
      SETS.map((ms, i) => ms * clocks[i]!),
      clocks.map((clock) => 0.6 * clock),
    );
    expect(figureOf(slowed)?.ms).toBeCloseTo(2.4673, 4);
    expect(figureOf(slowed)?.ci95[1]).toBeCloseTo(2.497, 4);
  });

  it("need sets that take up four minutes, each with the way to the next", () => {
    const spins = SETS.map(() => 0.6);
    expect(figureOf(runOf(SETS, spins, 29))).toBeUndefined();
    expect(figureOf(runOf(SETS, spins, 30))).toBeDefined();
    expect(figureOf(runOf(SETS, spins, -600))).toBeUndefined();
  });

  it("leave out sets without readings, and need two with", () => {
    expect(figureOf(runOf(SETS, [null, ...SETS.slice(1).map(() => 0.6)]))?.sets).toBe(7);
    expect(figureOf(runOf(SETS, [0.6, ...SETS.slice(1).map(() => null)]))).toBeUndefined();
  });

  it("are none where a device computes, without a constant and of older files", () => {
    const spins = SETS.map(() => 0.6);
    expect(figureOf(runOf(SETS, spins, 60, { adapter: { vendor: "some" } }))).toBeUndefined();
    const { loops, ...older } = runOf(SETS, spins);
    expect(figureOf(older)).toBeUndefined();
    expect(figureOf({ ...older, loops: { ...loops!, referenceSpinMs: null } })).toBeUndefined();
  });
});
