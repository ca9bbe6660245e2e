import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison, LayerPair, Pair } from "@mobilenet-bench/results";
import { expect, it } from "vitest";
import { compareLive, LAYER_PAIRS, type LiveOptions } from "../src/compare/compare-live.ts";
import { LiveJournal } from "../src/compare/live-journal.ts";
import { summarizeLive } from "../src/compare/summarize-live.ts";
import { PairFailed } from "../src/pair/pairing.ts";
import type { recordPair } from "../src/pair/record-pair.ts";
import { pairingOf, scriptedPair, startOf } from "./support/scripted-pairs.ts";
import { temporaryFolder } from "./support/tiny-repository.ts";

const [SLOW, SAME] = ["mobilenet_v1_0.1_32/reference/node", "mobilenet_v1_0.1_33/reference/node"];
const CELLS = [SLOW, SAME];
const SECOND = 1_000_004;

/** Records of which cell, pair and seed, and how much longer the candidate takes in it. */
function recorder(ratioOf: (cell: string, seed: number, pair: number) => number) {
  const asked: string[] = [];
  const record: typeof recordPair = ({ base }, { pair, seed }): Promise<Pair> => {
    asked.push(`${base.id} ${seed} ${pair}`);
    return Promise.resolve(scriptedPair(pair, ratioOf(base.id, seed, pair)));
  };
  return { asked, record };
}

const layersOfPair = (pair: number): LayerPair => ({
  pair,
  base: [
    ["a", [1, 1]],
    ["b", [2, 2]],
  ],
  candidate: [
    ["a", [1, 1 + pair / 1e6]],
    ["b", [4, 4]],
  ],
});
const recordLayers: NonNullable<LiveOptions["recordLayers"]> = (_, { pair }) =>
  Promise.resolve({
    record: layersOfPair(pair),
    actual: {
      base: { threads: 1, precision: "fp32", kernels: { b: "old" } },
      candidate: { threads: 1, precision: "fp32", kernels: { b: "new" } },
    },
  });

/** Runs a comparison of the cells in this folder, to its end or to an interruption. */
async function compare(
  folder: string,
  options: Partial<LiveOptions> & Pick<LiveOptions, "record">,
): Promise<Comparison> {
  const journal = (await readdir(folder)).includes("one")
    ? await LiveJournal.open(folder, "last")
    : await LiveJournal.create(folder, startOf(CELLS));
  const { signal } = new AbortController();
  await compareLive({
    journal,
    pairings: CELLS.map(pairingOf),
    signal,
    recordLayers,
    expect: () => Promise.resolve([]),
    ...options,
  });
  const lines = await journal.lines();
  await journal.leave();
  const complete = !(options.signal ?? signal).aborted;
  return summarizeLive(journal.start, lines, { finishedAt: new Date(), complete });
}

it("finds what is slower, confirms it by other processes and another seed, and names the layer", async () => {
  const { record, asked } = recorder((cell) => (cell === SLOW ? 1.1 : 1));
  const { cells, complete } = await compare(await temporaryFolder(), { record });
  expect(complete).toBe(true);
  expect(cells).toMatchObject([
    {
      id: SLOW,
      outcome: "slower",
      first: { verdict: "slower", pairs: 12 },
      second: { verdict: "slower", pairs: 12 },
    },
    { id: SAME, outcome: "same", first: { verdict: "same" } },
  ]);
  const [slow] = cells;
  expect(slow).toMatchObject({
    layers: [
      { name: "a", change: "none" },
      { name: "b", change: "slower", ratio: expect.closeTo(2), kernel: { base: "old", candidate: "new" } },
    ],
    differs: [{ detail: "kernels.b", base: "old", candidate: "new" }],
  });
  // The second job begins when all cells have been looked at.
  expect(asked.slice(0, 24).every((one) => one.includes(" 1 "))).toBe(true);
  expect(asked.slice(24)).toEqual(Array.from({ length: 12 }, (_, pair) => `${SLOW} ${SECOND} ${pair}`));
});

it("does not count what the second job does not repeat, and looks at no layers then", async () => {
  const { record } = recorder((cell, seed) => (cell === SLOW && seed === 1 ? 1.1 : 1));
  const layers = () => Promise.reject(new Error("nobody asked for layers"));
  const { cells } = await compare(await temporaryFolder(), { record, recordLayers: layers });
  expect(cells[0]).toMatchObject({ outcome: "unconfirmed", second: { verdict: "same" } });
  expect(cells[0]).not.toHaveProperty("layers");
});

it("tells which side failed, and goes on with the others", async () => {
  const { record } = recorder(() => 1);
  const failing: typeof record = (pairing, options) =>
    pairing.base.id === SLOW
      ? Promise.reject(new PairFailed("candidate", { status: "mismatch", reason: "Wrong.", remedy: "Mend." }))
      : record(pairing, options);
  const { cells } = await compare(await temporaryFolder(), { record: failing });
  expect(cells).toMatchObject([
    { id: SLOW, status: "mismatch", side: "candidate", reason: "Wrong." },
    { id: SAME, status: "compared" },
  ]);
});

it("goes on where it was interrupted, wherever that was, and measures no pair twice", async () => {
  const ratioOf = (cell: string) => (cell === SLOW ? 1.1 : 1);
  const whole = recorder(ratioOf);
  const { cells } = await compare(await temporaryFolder(), { record: whole.record });
  for (const stop of [1, 11, 12, 23, 24, 30, 36]) {
    const folder = await temporaryFolder();
    const { record, asked } = recorder(ratioOf);
    const interrupt = new AbortController();
    const counting: typeof record = async (pairing, options) => {
      interrupt.signal.throwIfAborted();
      const pair = await record(pairing, options);
      if (asked.length === stop) setImmediate(() => interrupt.abort());
      await new Promise((resolve) => setTimeout(resolve, 1));
      return pair;
    };
    const interrupted = await compare(folder, { record: counting, signal: interrupt.signal });
    expect(interrupted.complete).toBe(false);
    const resumed = await compare(folder, { record });
    expect(asked).toEqual(whole.asked);
    expect(resumed.cells).toEqual(cells);
  }
});

it("does without a line that was torn, and with layers that were recorded", async () => {
  const folder = await temporaryFolder();
  const { record, asked } = recorder((cell) => (cell === SLOW ? 1.1 : 1));
  const before = await compare(folder, { record });
  await appendFile(join(folder, "one", "0001.ndjson"), '{"kind":"pair","cell":');
  const once = asked.length;
  let layers = 0;
  const after = await compare(folder, {
    record,
    recordLayers: (...all) => {
      layers++;
      return recordLayers(...all);
    },
  });
  expect(asked).toHaveLength(once);
  expect(layers).toBe(0);
  expect(after.cells).toEqual(before.cells);
  expect(LAYER_PAIRS).toBeGreaterThanOrEqual(16);
});

it("is gone on with by one process at a time", async () => {
  const folder = await temporaryFolder();
  const journal = await LiveJournal.create(folder, startOf(CELLS));
  await expect(LiveJournal.open(folder, "one")).rejects.toThrow(/is being measured/);
  await journal.leave();
  await (await LiveJournal.open(folder, "one")).leave();
  await expect(LiveJournal.open(folder, "two")).rejects.toThrow(
    /no interrupted comparison two\. Unfinished: one/,
  );
  await expect(LiveJournal.open(join(folder, "none"), "last")).rejects.toThrow(/Start a new one/);
});
