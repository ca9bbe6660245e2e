import { describe, expect, it } from "vitest";
import type { OkCell } from "@mobilenet-bench/results";
import { nominalCost } from "../src/estimate/cell-cost.ts";
import { describeOutcome, describePlan } from "../src/estimate/describe-estimate.ts";
import { estimateCells } from "../src/estimate/estimate-cells.ts";
import { fewSetsOf } from "../src/estimate/few-sets.ts";
import { costsOf } from "../src/estimate/known-costs.ts";
import { takeShard } from "../src/estimate/take-shard.ts";
import { makePlan } from "../src/plan/plan.ts";
import { SUITES } from "../src/plan/suites.ts";
import { PROTOCOLS } from "../src/protocol.ts";
import { setsOf } from "../src/run/sets-of.ts";
import { okCell } from "./cells.ts";
import { runOf } from "./runs.ts";
import { KNOWN } from "./support/planned.ts";

const nightly = await makePlan({ suite: "nightly" }, KNOWN);
const { slow, shards } = SUITES.nightly;
const standard = PROTOCOLS.standard;

const appraised = (cells: typeof nightly.cells) =>
  cells.map((cell) => ({ cell, cost: nominalCost(cell), software: cell.from.gpu }));

describe("the nightly suite", () => {
  it("fits its shards, a processor in each GPU's place", () => {
    for (let number = 1; number <= shards.most; number++) {
      const costed = appraised(takeShard(nightly, { number, of: shards.most }).cells);
      const few = fewSetsOf(costed, slow);
      const ms = estimateCells(costed, { protocol: PROTOCOLS.thorough, few, cores: 2 });
      expect(ms / 60_000).toBeLessThan(shards.minutes);
    }
  });
});

describe("cells that take long", () => {
  const cells = nightly.cells.filter(({ model }) => model === "mobilenet_v1_1.0_224");

  it("are those on software GPUs and those above the suite's limit, each with its reason", () => {
    const few = fewSetsOf(appraised(cells), slow);
    expect(few["mobilenet_v1_1.0_224/webgpu/node"]).toEqual({
      sets: slow.sets,
      reason: "a processor plays the part of the GPU",
    });
    expect(few["mobilenet_v1_1.0_224/tfjs-cpu/node"]?.reason).toMatch(/^an inference takes about \d+ ms$/);
    expect(few["mobilenet_v1_1.0_224/wasm/node"]).toBeUndefined();
  });

  it("are measured like all others where no suite says otherwise", () => {
    expect(fewSetsOf(appraised(cells), undefined)).toEqual({});
  });

  it("are measured at both ends of a run, the first set among theirs", () => {
    const few = {
      slow: { sets: 2, reason: "" },
      once: { sets: 1, reason: "" },
      more: { sets: 20, reason: "" },
    };
    expect(setsOf("slow", standard, few)).toEqual([0, 4]);
    expect(setsOf("once", standard, few)).toEqual([0]);
    expect(setsOf("more", standard, few)).toHaveLength(standard.sets);
    expect(setsOf("fast", standard, few)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("take less of the estimate for it", () => {
    const costed = appraised(cells);
    const options = { protocol: PROTOCOLS.thorough, cores: 2 };
    const all = estimateCells(costed, options);
    expect(estimateCells(costed, { ...options, few: fewSetsOf(costed, slow) })).toBeLessThan(all * 0.7);
  });
});

describe("what earlier runs tell", () => {
  const cell = nightly.cells.find(({ id }) => id === "mobilenet_v1_0.5_160/wasm/node");
  if (!cell) throw new Error("The nightly suite has no such cell.");
  const measured = (ms: number, changes: Partial<OkCell> = {}) => okCell(cell.model, "wasm", ms, changes);
  const at = (day: number, ms: number, cellsMs = 60_000) =>
    runOf([measured(ms)], {
      id: `run-${day}`,
      startedAt: `2026-01-0${day}T00:00:00.000Z`,
      finishedAt: `2026-01-0${day}T00:01:20.000Z`,
      protocol: standard,
      time: { cellsMs, timedMs: 1000 },
    });

  it("is the newest figure of a cell, and nothing of one that was never measured", () => {
    const known = costsOf([at(1, 5), at(3, 7), at(2, 6)], standard);
    expect(known.of(cell)?.inferenceMs).toBe(7);
    expect(costsOf([], standard).of(cell)).toBeUndefined();
  });

  it("is how long runs took in terms of their estimates, so that the next one is right", () => {
    const run = at(1, 5);
    const known = costsOf([run], standard);
    const cost = known.of(cell);
    if (!cost) throw new Error("Nothing is known.");
    const estimate = estimateCells([{ cell, cost }], { protocol: standard, cores: 2 });
    expect(Math.min(3, Math.max(0.5, 60_000 / estimate))).toBeCloseTo(known.pace, 10);
    expect(known.besidesMs).toBe(20_000);
  });

  it("is not told by runs of seconds, nor by interrupted ones", () => {
    expect(costsOf([at(1, 5, 5000)], standard)).toMatchObject({ pace: 1, besidesMs: undefined });
    expect(costsOf([{ ...at(1, 5), complete: false }], standard)).toMatchObject({ pace: 1 });
  });
});

it("says what a plan takes, and that a shard is too large for its suite", () => {
  const plan = takeShard(nightly, { number: 1, of: 2 });
  const few = { [plan.cells[0]?.id ?? ""]: { sets: 2, reason: "slow" } };
  const [first, second, third] = describePlan(plan, { few, cellsMs: 45 * 60_000, besidesMs: 30_000 });
  expect(first).toBe(`Plan: ${plan.cells.length} cells of shard 1/2, about 45 min 30 s.`);
  expect(second).toMatch(/^1 of them take long .*: in 2 sets each, for their history only\.$/);
  expect(third).toMatch(
    /more than the 30 min that a shard of nightly is meant for: use more shards, up to 8/,
  );
});

it("sets the estimate beside the truth at the end", () => {
  const time = { cellsMs: 100_000, timedMs: 1, estimatedMs: 90_000 };
  expect(describeOutcome({ time })).toBe("Cells took 1 min 40 s; the estimate was 1 min 30 s (−10 %).");
  expect(describeOutcome({ time: { cellsMs: 100_000, timedMs: 1 } })).toBeUndefined();
});
