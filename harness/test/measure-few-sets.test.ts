import { expectLogits } from "@mobilenet-bench/backend";
import type { Cell, Protocol } from "@mobilenet-bench/results";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { cellsLeft, describeKept } from "../src/run/kept.ts";
import { Ledger } from "../src/run/ledger.ts";
import { countSteps, measure } from "../src/run/measure.ts";
import { healthyReplies } from "./support/healthy-replies.ts";
import { planned } from "./support/planned.ts";
import { scriptedNode } from "./support/scripted-node.ts";

const MODEL = parseModelName("mobilenet_v1_0.25_32");
const EXPECTED = expectLogits(MODEL, generateWeights(MODEL, 1), syntheticImage(32, 1));
const PROTOCOL: Protocol = {
  ...PROTOCOLS.quick,
  sets: 4,
  rounds: 2,
  pauseMs: 0,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
};
const SLOW = `${MODEL.name}/reference/node`;
const FAST = `${MODEL.name}/reference/node?threads=2`;
const few = { [SLOW]: { sets: 2, reason: "an inference takes about 760 ms" } };

it("measures a slow cell in fewer sets, far apart, all others in all, and says so in its figure", async () => {
  const opened: string[] = [];
  const unseen: string[] = [];
  const cells: Cell[] = [];
  let steps = 0;
  const target = scriptedNode({
    replies: healthyReplies(Float32Array.from(EXPECTED.values)),
    before(job, { cell }) {
      if (job === "open") opened.push(cell);
      if (job === "unseen") unseen.push(cell);
    },
  });
  const pair = [planned(SLOW, target), planned(FAST, target)];
  const ledger = new Ledger();
  await measure({
    cells: pair,
    protocol: PROTOCOL,
    seed: 1,
    keepSamples: false,
    profile: false,
    signal: new AbortController().signal,
    few,
    ledger,
    expect: () => Promise.resolve([EXPECTED]),
    onCell: (cell) => Promise.resolve(void cells.push(cell)),
    onStep: (_, count) => {
      steps += count;
    },
  });
  expect(opened.filter((cell) => cell === SLOW)).toHaveLength(2);
  expect(opened.filter((cell) => cell === FAST)).toHaveLength(4);
  expect(unseen.toSorted()).toEqual([SLOW, FAST].toSorted());
  expect(ledger.processesOf(SLOW).map(({ set }) => set)).toEqual([0, 2]);
  const slow = cells.find(({ id }) => id === SLOW);
  expect(slow).toMatchObject({ status: "ok", latency: { blocks: 4 }, fewSets: few[SLOW] });
  expect(cells.find(({ id }) => id === FAST)).not.toHaveProperty("fewSets");
  expect(steps).toBe(countSteps(pair, PROTOCOL, new Ledger(), few));
  expect(countSteps(pair, PROTOCOL, ledger, few)).toBe(0);
});

it("knows of an interrupted run which sets a slow cell still needs", () => {
  const start = { cells: [SLOW], protocol: PROTOCOL, few };
  expect(cellsLeft(start, new Ledger())).toEqual([SLOW]);
  expect(describeKept(start, new Ledger())[0]).toBe("Kept: 0 of 2 sets (4 of each model).");
  expect(describeKept({ ...start, cells: [SLOW, FAST] }, new Ledger())[0]).toMatch(/^Kept: 0 of 4 sets/);
});
