import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectLogits } from "@mobilenet-bench/backend";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { Part } from "../src/run/parts.ts";
import { RunFolder } from "../src/run/run-folder.ts";
import { continueRun, type OpenRun, type RunOutcome } from "../src/run/run.ts";
import { randomOf } from "../src/run/shuffled.ts";
import { ENVIRONMENT } from "./support/environment.ts";
import { healthyReplies } from "./support/healthy-replies.ts";
import { scriptedNode } from "./support/scripted-node.ts";
import { startOf } from "./support/start.ts";

const MODELS = ["mobilenet_v1_0.25_32", "mobilenet_v1_0.25_64"];
const BACKENDS = ["reference", "ts", "wasm"];
const CELLS = MODELS.flatMap((model) => BACKENDS.map((backend) => `${model}/${backend}/node`));
const PROTOCOL = {
  ...PROTOCOLS.standard,
  sets: 3,
  coldStarts: 1,
  rounds: 2,
  pauseMs: 0,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
};
const BLOCKS_OF_SET = BACKENDS.length * PROTOCOL.rounds;
const MODEL = parseModelName(MODELS[0] ?? "");
const EXPECTED = expectLogits(MODEL, generateWeights(MODEL, 1), syntheticImage(32, 1));
const REPLIES = healthyReplies(Float32Array.from(EXPECTED.values));
/** What killed runs wait for: as long as it is there, nobody closes their files for them. */
const DEAD: Promise<void>[] = [];
/** What the instants of the kills are drawn from. */
const SEEDS = process.env["MNB_NIGHTLY"] ? [1, 2, 3, 4] : [1];
/** Of a process that there is not. */
const GONE = 2 ** 22 + 1;

vi.mock(import("../src/peak/peak.ts"), async (original) => ({
  ...(await original()),
  measurePeaks: () => Promise.resolve([]),
}));

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), "mnb-killed-"));
});
afterEach(() => rm(runs, { recursive: true, force: true }));

async function begin(): Promise<OpenRun> {
  const folder = await RunFolder.create(
    runs,
    startOf({
      output: join(runs, "output"),
      protocol: PROTOCOL,
      cells: CELLS,
    }),
  );
  return { folder, part: await Part.begin(folder.parts, ENVIRONMENT) };
}

async function resume(): Promise<OpenRun> {
  const folder = await RunFolder.open(runs, "last", () => {});
  return { folder, part: await Part.begin(folder.parts, ENVIRONMENT) };
}

/**
 * Goes on with a run until as many jobs were asked for, and not a step further: nothing is cleaned up, the process is
 * gone, and of the line that it was writing no more than a share is there.
 */
async function killedAfter(run: OpenRun, jobs: number, torn: number): Promise<RunOutcome | "killed"> {
  let left = jobs;
  let killed = () => {};
  const death = new Promise<"killed">((resolve) => (killed = () => resolve("killed")));
  const dead = new Promise<void>(() => {});
  DEAD.push(dead);
  const target = scriptedNode({
    replies: REPLIES,
    before() {
      if (--left > 0) return;
      killed();
      return dead;
    },
  });
  const ended = await Promise.race([death, continueRun(run, hooks(target))]);
  if (ended !== "killed") return ended;
  const journal = join(run.folder.path, "journals", `${String(run.part.number).padStart(4, "0")}.jsonl`);
  const text = await readFile(journal);
  const lastLine = text.subarray(0, -1).lastIndexOf("\n") + 1;
  if (torn > 0) await truncate(journal, lastLine + Math.floor((text.length - lastLine) * torn));
  const record = join(run.folder.parts, `${String(run.part.number).padStart(4, "0")}.json`);
  const { owner, ...others } = JSON.parse(await readFile(record, "utf8"));
  await writeFile(record, JSON.stringify({ ...others, owner: { ...owner, pid: GONE } }));
  return ended;
}

const hooks = (target: ReturnType<typeof scriptedNode>) => ({
  signal: new AbortController().signal,
  targets: { node: target },
  expect: () => Promise.resolve([EXPECTED]),
  onCell: () => {},
  onStep: () => {},
});

it.each(SEEDS)("a run that is killed at any instants has everything once in the end: %i", async (seed) => {
  const random = randomOf(seed, "kills");
  let kills = 0;
  let outcome: RunOutcome | "killed" = "killed";
  for (let run = await begin(); outcome === "killed"; run = await resume()) {
    // Not so early each time that no set ever becomes whole; the ninth time nobody kills it.
    const jobs = kills < 8 ? 5 + Math.floor(random() * 30) : Infinity;
    outcome = await killedAfter(run, jobs, random() < 0.5 ? 0 : random());
    if (outcome !== "killed") break;
    kills++;
  }
  expect(kills).toBeGreaterThan(4);
  expect(outcome.complete).toBe(true);
  const { cells, parts = [] } = outcome.run;
  expect(cells.map(({ id }) => id)).toEqual(CELLS);
  const places = Array.from({ length: PROTOCOL.sets * PROTOCOL.rounds }, (_, i) => [
    Math.floor(i / PROTOCOL.rounds),
    i % PROTOCOL.rounds,
  ]);
  for (const cell of cells)
    expect(cell.status === "ok" && cell.blocks.map(({ set, round }) => [set, round])).toEqual(places);
  const sets = parts.flatMap((part) => part.sets?.map(({ model, set }) => `${model} ${set}`) ?? []);
  expect(sets).toHaveLength(new Set(sets).size);
  expect(sets).toHaveLength(MODELS.length * PROTOCOL.sets);
  for (const { discardedBlocks = 0 } of parts) expect(discardedBlocks).toBeLessThanOrEqual(BLOCKS_OF_SET);
});
