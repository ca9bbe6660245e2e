import { describe, expect, it } from "vitest";
import type { HistoryRun } from "../../src/history/history.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { vanishedCells } from "../../src/history/vanished.ts";
import { nightsOf } from "./nights.ts";

function vanishedIn(runs: readonly HistoryRun[], tonight = [runs.at(-1)?.id ?? ""]) {
  return vanishedCells(makeHistory(runs), tonight);
}

describe("vanishedCells", () => {
  it("are those that failed, with the reason, and those that are not there", () => {
    const runs = nightsOf([{ figures: { a: 1, b: 1, c: 1 } }, { figures: { a: 1, b: "out of memory" } }]);
    expect(vanishedIn(runs)).toEqual([
      expect.objectContaining({
        cell: "b",
        last: runs[0],
        run: runs[1],
        status: "crash",
        why: "It ended as crash: out of memory",
      }),
      expect.objectContaining({
        cell: "c",
        last: runs[0],
        why: expect.stringMatching(/^No run of this night/),
      }),
    ]);
    expect(vanishedIn(runs)[1]).not.toHaveProperty("run");
  });

  it("are told once, in the night in which they vanish", () => {
    const gone = { figures: { a: 1, b: "crashed" } };
    const runs = nightsOf([{ figures: { a: 1, b: 1, c: 1 } }, gone, gone]);
    expect(vanishedIn(runs)).toEqual([]);
  });

  it("are told of all shards together, of this night and of the one before", () => {
    const shards = nightsOf([
      { figures: { a: 1 } },
      { figures: { b: 1 } },
      { figures: { b: 1 } },
      { figures: { a: 1 } },
    ]).map((run, i) => ({
      ...run,
      startedAt: new Date(Date.UTC(2026, 0, i < 2 ? 1 : 2, 2 + (i % 2))).toISOString(),
    }));
    const ids = shards.map(({ id }) => id);
    expect(vanishedIn(shards, ids.slice(2))).toEqual([]);
    expect(vanishedIn(shards.slice(0, 3), ids.slice(2, 3)).map(({ cell }) => cell)).toEqual(["a"]);
  });

  it("are none where another machine has them tonight, or another suite was measured", () => {
    const [first, second] = nightsOf([{ figures: { a: 1, b: 1 } }, { figures: { a: 1 } }]);
    if (!first || !second) throw new Error("There are two nights.");
    const elsewhere: HistoryRun = {
      ...first,
      id: "elsewhere",
      machine: "there",
      startedAt: second.startedAt,
    };
    expect(vanishedIn([first, second, elsewhere], [second.id, elsewhere.id])).toEqual([]);
    expect(vanishedIn([first, { ...second, suite: "quick" }])).toEqual([]);
  });

  it("are none in a first night", () => {
    expect(vanishedIn(nightsOf([{ figures: { a: 1, b: "crashed" } }]))).toEqual([]);
  });

  it("say so where a run of tonight was interrupted", () => {
    const runs = nightsOf([{ figures: { a: 1, b: 1 } }, { figures: { a: 1 }, run: { complete: false } }]);
    expect(vanishedIn(runs)[0]?.why).toContain("interrupted");
  });
});
