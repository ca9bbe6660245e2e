import { expect, it } from "vitest";
import { newestCells } from "../src/choose/index.ts";
import type { Cell, OkCell, Run } from "../src/schema.ts";
import { RUN } from "./run.ts";

const [FIRST] = RUN.cells;
if (FIRST?.status !== "ok") throw new Error("The first cell of the example has figures.");
const OK: OkCell = FIRST;

function cellOn(backend: string, median: number): OkCell {
  const id = `${OK.model}/${backend}/node`;
  return { ...OK, id, backend, latency: { ...OK.latency, median } };
}

function runOn(day: number, cells: readonly Cell[], changes: Partial<Run> = {}): Run {
  return {
    ...RUN,
    id: `run-${day}`,
    startedAt: `2026-01-0${day}T00:00:00.000Z`,
    cells: [...cells],
    ...changes,
  };
}

const told = (runs: readonly Run[]) =>
  newestCells(runs).map(({ backend, ms, run, marks }) => [backend, ms, run, marks.includes("stale")]);

it("is the newest figure of each cell, whatever the order of the runs", () => {
  const runs = [
    runOn(1, [cellOn("ts", 9), cellOn("wasm", 3)]),
    runOn(2, [cellOn("ts", 8), cellOn("wasm", 2)]),
  ];
  const newest = [
    ["ts", 8, "run-2", false],
    ["wasm", 2, "run-2", false],
  ];
  expect(told(runs)).toEqual(newest);
  expect(told(runs.toReversed())).toEqual(newest);
});

it("carries over what the newest whole run of the suite no longer has, and says so", () => {
  const older = runOn(1, [cellOn("ts", 9), cellOn("wasm", 3)]);
  const stale = [
    ["ts", 8, "run-2", false],
    ["wasm", 3, "run-1", true],
  ];
  expect(told([older, runOn(2, [cellOn("ts", 8)])])).toEqual(stale);
  const fresh = stale.map(([backend, ms, run]) => [backend, ms, run, false]);
  expect(told([older, runOn(2, [cellOn("ts", 8)], { complete: false })])).toEqual(fresh);
  expect(told([older, runOn(2, [cellOn("ts", 8)], { suite: "sweep" })])).toEqual(fresh);
  expect(told([older, runOn(2, [cellOn("ts", 8)], { suite: null })])).toEqual(fresh);
});

it("keeps machines apart, and tells software GPUs and changed trees", () => {
  const environment = { ...RUN.environment, machine: "def", dirty: true };
  const adapter = { class: "software" };
  const software = { ...cellOn("webgpu", 1), actual: { adapter } };
  const cells = newestCells([
    runOn(1, [cellOn("ts", 9)]),
    runOn(2, [cellOn("ts", 8), software], { environment }),
  ]);
  expect(
    cells.map(({ backend, machine, software: plays, dirty }) => [backend, machine, plays, dirty]),
  ).toEqual([
    ["ts", "def", false, true],
    ["webgpu", "def", true, true],
    ["ts", "abc", false, undefined],
  ]);
});
