import { describe, expect, it } from "vitest";
import { environmentChanges } from "../../src/history/environment-changes.ts";
import type { Facts, HistoryRun } from "../../src/history/history.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { CELLS, figuresOf, nightsOf, wobble } from "./nights.ts";

const NIGHTS = 40;
const CHANGED = 20;

/** Nights in which some cells take longer from one night on, and the environment is another one. */
function nights(
  isSlower: (cell: string) => boolean,
  {
    run = () => ({}),
    facts = () => ({}),
  }: {
    readonly run?: (night: number) => Partial<HistoryRun>;
    readonly facts?: (cell: string, night: number) => Facts;
  } = {},
): HistoryRun[] {
  return nightsOf(
    Array.from({ length: NIGHTS }, (_, night) => ({
      figures: figuresOf((cell, i) => {
        const clock = 1 + 0.03 * Math.sin(night);
        return clock * (1 + 0.004 * wobble(night, i)) * (isSlower(cell) && night >= CHANGED ? 1.1 : 1);
      }),
      run: run(night),
      facts: Object.fromEntries(CELLS.map((cell) => [cell, facts(cell, night)])),
    })),
  );
}

const libraryOf = (night: number): Facts => ({ library: { lib: night < CHANGED ? "1.0" : "2.0" } });
const isFirst = (cell: string) => cell === CELLS[0];
const isEven = (cell: string) => CELLS.indexOf(cell) % 2 === 0 && CELLS.indexOf(cell) < 6;

function changesOf(runs: readonly HistoryRun[]) {
  return makeHistory(runs).series.flatMap(({ cell, changes }) => changes.map((change) => ({ cell, change })));
}

describe("makeHistory", () => {
  it("finds the one cell that changed, by how much, and the commit", () => {
    const [found, ...others] = changesOf(nights(isFirst));
    expect(others).toEqual([]);
    expect(found?.cell).toBe(CELLS[0]);
    expect(found?.change.at).toBe(CHANGED);
    expect(found?.change.ratio).toBeCloseTo(1.1, 1.9);
    expect(found?.change.causes.map(({ kind }) => kind)).toEqual(["commit"]);
  });

  it("puts what all cells do on the machine's line, with the kernel as its cause, and in no series", () => {
    const runs = nights(() => true, {
      run: (night) => ({ facts: { system: { kernel: night < CHANGED ? "6.1" : "6.6" } } }),
    });
    const { series, machines } = makeHistory(runs);
    expect(series.flatMap(({ changes }) => changes)).toEqual([]);
    const [line] = machines;
    expect(line?.points.at(-1)?.cells).toBe(CELLS.length);
    const change = line?.changes.find(({ at }) => Math.abs(at - CHANGED) <= 1);
    expect(change?.causes).toEqual([{ kind: "system", name: "kernel", from: "6.1", to: "6.6" }]);
  });

  it("tells the library as the cause where the cells that have it changed with it", () => {
    const runs = nights(isEven, { facts: (cell, night) => (isEven(cell) ? libraryOf(night) : {}) });
    const causes = changesOf(runs).map(({ change }) => change.causes);
    expect(causes).toEqual(causes.map(() => [{ kind: "library", name: "lib", from: "1.0", to: "2.0" }]));
    expect(causes).toHaveLength(3);
  });

  it("names the commit, too, where most cells that have the library did not change with it", () => {
    const runs = nights(isFirst, { facts: (_, night) => libraryOf(night) });
    const kinds = changesOf(runs).map(({ change }) => change.causes.map(({ kind }) => kind));
    expect(kinds).toEqual([["library", "commit"]]);
  });

  it("keeps apart what is of other machines, of other kinds and on other bases", () => {
    const runs = nights(() => false).map((run, night) => ({
      ...run,
      machine: night % 2 === 0 ? "here" : "there",
      kind: night % 3 === 0 ? "usual" : "other",
    }));
    const { series, machines } = makeHistory(runs);
    expect(machines).toHaveLength(4);
    expect(series).toHaveLength(4 * CELLS.length);
    for (const { points, machine, kind } of series)
      for (const { run } of points) expect(run).toMatchObject({ machine, kind });
  });

  it("is the same in whatever order runs are given, and from what it knew before", () => {
    const runs = nights(isFirst);
    const whole = makeHistory(runs);
    expect(makeHistory(runs.toReversed())).toEqual(whole);
    expect(makeHistory(runs, makeHistory(runs.slice(0, 25)).memory)).toEqual(whole);
    expect(makeHistory(runs, whole.memory)).toEqual(whole);
  });

  it("is empty without runs", () => {
    expect(makeHistory([])).toMatchObject({ runs: [], series: [], machines: [] });
  });
});

describe("environmentChanges", () => {
  it("are told once each, with how many cells they concern and how many changed with them", () => {
    const runs = nights(isEven, { facts: (cell, night) => (isEven(cell) ? libraryOf(night) : {}) });
    const history = makeHistory(runs);
    expect(environmentChanges(history)).toEqual([
      {
        kind: "library",
        name: "lib",
        from: "1.0",
        to: "2.0",
        machine: "here",
        run: history.runs[CHANGED],
        concerned: 3,
        changed: 3,
      },
    ]);
  });
});
