import { describe, expect, it } from "vitest";
import { machineSteps, type FiguredCell } from "../../src/history/machine-steps.ts";
import { CELLS, wobble } from "./nights.ts";

const NIGHTS = 60;

/** Of every night, what each cell is off by besides a little of its own. */
function runsOf(off: (night: number, cell: number) => number, cells = CELLS): FiguredCell[][] {
  return Array.from({ length: NIGHTS }, (_, night) =>
    cells.map((cell, i) => ({
      id: cell,
      figure: { ms: Math.exp(i + off(night, i) + 0.002 * wobble(night, i)), software: false },
      facts: {},
    })),
  );
}

/** With the own logarithms of a run's figures. */
function stepsOf(runs: readonly (readonly FiguredCell[])[]) {
  return machineSteps(runs).map((step, night) => ({
    ...step,
    own: (runs[night] ?? []).map(({ figure: { ms } }) => Math.log(ms) - step.shared),
  }));
}

describe("machineSteps", () => {
  it("tells what all cells do together, and leaves nothing of it in them", () => {
    const clock = (night: number) => 0.05 * Math.sin(night / 5) + (night >= 30 ? 0.1 : 0);
    const steps = stepsOf(runsOf(clock));
    steps.forEach(({ shared, own, cells }, night) => {
      if (night === 0) return;
      expect(cells).toBe(CELLS.length);
      expect(shared - (clock(night) - clock(0))).toBeCloseTo(0, 1.9);
      own.forEach((log, i) => expect(Math.abs(log - i - clock(0))).toBeLessThan(0.01));
    });
  });

  it("leaves the change of one cell to that cell, whole and for good", () => {
    const steps = stepsOf(runsOf((night, cell) => (cell === 3 && night >= 20 ? 0.2 : 0)));
    const last = steps.at(-1);
    expect(Math.abs(last?.shared ?? 1)).toBeLessThan(0.01);
    expect(last?.own[3]).toBeCloseTo(3.2, 1.9);
    expect(last?.own[4]).toBeCloseTo(4, 1.9);
  });

  it("is hardly moved by what two of five cells do besides, as with a library of theirs", () => {
    const cells = Array.from({ length: 30 }, (_, i) => `cell ${i}`);
    const steps = stepsOf(
      runsOf((night, cell) => 0.01 * wobble(3 * night, cell) + (cell < 12 && night >= 30 ? 0.04 : 0), cells),
    );
    for (const { shared } of steps.slice(1)) expect(Math.abs(shared)).toBeLessThan(0.006);
    expect(steps[30]?.own[0]).toBeGreaterThan(0.025);
    expect(steps.at(-1)?.own[0]).toBeGreaterThan(0.025);
  });

  it("asks nothing of cells whose library is another one, so that even most may change with it", () => {
    const cells = Array.from({ length: 12 }, (_, i) => `cell ${i}`);
    const isUpgraded = (night: number, cell: number) => cell >= 5 && night >= 30;
    const runs = runsOf((night, cell) => night / 100 + (isUpgraded(night, cell) ? 0.04 : 0), cells).map(
      (figures, night) =>
        figures.map((figure, cell) => ({
          ...figure,
          facts: { library: { lib: isUpgraded(night, cell) ? "2.0" : "1.0" } },
        })),
    );
    const steps = stepsOf(runs);
    expect(steps[30]?.cells).toBe(5);
    for (const { own } of steps.slice(30)) {
      expect(own[0]).toBeCloseTo(0, 1.9);
      expect(own[11]).toBeCloseTo(11.04, 1.9);
    }
  });

  it("takes nothing out where the cells are too few", () => {
    const few = runsOf((night) => night / 100, CELLS.slice(0, 4));
    const steps = stepsOf(few);
    expect(steps.map(({ cells, shared }) => ({ cells, shared }))).toEqual(
      few.map(() => ({ cells: 0, shared: 0 })),
    );
    expect(steps.at(-1)?.own).toEqual(few.at(-1)?.map(({ figure: { ms } }) => Math.log(ms)));
  });

  it("asks only those that count, and takes the machine's share out of the others too", () => {
    const runs = runsOf((night) => (night >= 10 ? 0.3 : 0)).map((figures) =>
      figures.map((cell, i) => ({ ...cell, figure: { ...cell.figure, software: i >= 5 } })),
    );
    const last = stepsOf(runs).at(-1);
    expect(last?.cells).toBe(5);
    expect(last?.own[7]).toBeCloseTo(7, 1.9);
  });

  it("puts a cell that comes later beside the others at once", () => {
    const runs = runsOf((night) => night / 100).map((figures, night) =>
      night < 40 ? figures.slice(1) : figures,
    );
    const steps = stepsOf(runs);
    expect(steps[40]?.own[0]).toBeCloseTo(0, 1.9);
    expect(steps.at(-1)?.own[0]).toBeCloseTo(0, 1.9);
  });
});
