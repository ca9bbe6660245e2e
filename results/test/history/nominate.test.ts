import { describe, expect, it } from "vitest";
import type { HistoryRun } from "../../src/history/history.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { nominate } from "../../src/history/nominate.ts";
import { CELLS, figuresOf, nightsOf, wobble, type Night } from "./nights.ts";

/** So many nights; of the last ones one cell takes longer. */
function nightsWith(
  count: number,
  {
    factor = 1,
    last = 1,
    cells = CELLS,
    run = {},
  }: {
    readonly factor?: number;
    readonly last?: number;
    readonly cells?: readonly string[];
    readonly run?: Partial<HistoryRun>;
  } = {},
): HistoryRun[] {
  return nightsOf(
    Array.from({ length: count }, (_, night): Night => {
      const figures = figuresOf(
        (cell, i) =>
          (1 + 0.05 * Math.cos(night)) *
          (1 + 0.005 * wobble(night, i)) *
          (cell === CELLS[0] && night >= count - last ? factor : 1),
      );
      return { figures: Object.fromEntries(cells.map((cell) => [cell, figures[cell] ?? 1])), run };
    }),
  );
}

function nomineesOf(runs: readonly HistoryRun[]) {
  return nominate(makeHistory(runs), [runs.at(-1)?.id ?? ""]);
}

describe("nominate", () => {
  it("names the cell that stands out tonight, with the two builds to be compared", () => {
    const runs = nightsWith(30, { factor: 1.05 });
    const [nominee, ...others] = nomineesOf(runs);
    expect(others).toEqual([]);
    expect(nominee).toMatchObject({
      cell: CELLS[0],
      direction: "slower",
      ground: "outlier",
      base: { id: "night 28" },
      candidate: { id: "night 29" },
      newest: { id: "night 29" },
    });
    expect(nominee?.ratio).toBeCloseTo(1.05, 1.9);
    expect(nominee?.unpairable).toBeUndefined();
    // What it took is above what was expected.
    const figure = runs.at(-1)?.cells[0]?.figure?.ms ?? 0;
    expect(figure).toBeGreaterThan(nominee?.expected?.[1] ?? Infinity);
  });

  it("can do so in the second night already, from the other cells", () => {
    expect(nomineesOf(nightsWith(2, { factor: 1.3 })).map(({ cell }) => cell)).toEqual([CELLS[0]]);
  });

  it("needs much more where nothing tells what is usual", () => {
    const cells = CELLS.slice(0, 2);
    expect(nomineesOf(nightsWith(2, { factor: 1.05, cells }))).toEqual([]);
    expect(nomineesOf(nightsWith(2, { factor: 1.5, cells })).map(({ cell }) => cell)).toEqual([CELLS[0]]);
  });

  it("names nobody in usual nights, and nobody in the first one", () => {
    for (let count = 1; count <= 30; count++) expect(nomineesOf(nightsWith(count))).toEqual([]);
  });

  it("asks for the same pair as long as the change is the same", () => {
    const keys = [1, 2, 3].map((last) => {
      const runs = nightsWith(30 + last, { factor: 1.05, last });
      return nomineesOf(runs).map(({ key }) => key);
    });
    expect(keys[0]).toHaveLength(1);
    expect(new Set(keys.flat()).size).toBe(1);
  });

  it("finds from several nights what no single one shows", () => {
    const runs = nightsOf(
      Array.from({ length: 50 }, (_, night) => ({
        figures: figuresOf(
          (cell, i) => 1 + 0.02 * wobble(night, i) + (cell === CELLS[0] && night >= 35 ? 0.025 : 0),
        ),
      })),
    );
    const nominee = nomineesOf(runs).find(({ cell }) => cell === CELLS[0]);
    expect(nominee).toMatchObject({ ground: "change", direction: "slower" });
    expect(Number(nominee?.base.id.split(" ")[1])).toBeLessThan(34);
    expect(Number(nominee?.candidate.id.split(" ")[1])).toBeGreaterThan(34);
  });

  it.each<[string, Partial<HistoryRun>, RegExp]>([
    ["the commit is the same", { commit: "a".repeat(40) }, /one commit/],
    ["there is no commit", { commit: null }, /without a commit/],
    ["changes were not committed", { dirty: true }, /not committed/],
    ["nothing was measured", { simulated: "a test" }, /Simulated/],
  ])("says why no pair can decide it where %s", (_, run, why) => {
    const [nominee] = nomineesOf(nightsWith(30, { factor: 1.05, run }));
    expect(nominee?.unpairable).toMatch(why);
  });

  it("never names cells on software GPUs, nor those that tonight does not have", () => {
    const runs = nightsWith(30, { factor: 1.05 });
    const onSoftware = runs.map((run) => ({
      ...run,
      cells: run.cells.map((cell) =>
        cell.figure ? { ...cell, figure: { ...cell.figure, software: true } } : cell,
      ),
    }));
    expect(nomineesOf(onSoftware)).toEqual([]);
    expect(nominate(makeHistory(runs), ["another night"])).toEqual([]);
  });
});
