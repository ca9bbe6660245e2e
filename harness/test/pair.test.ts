import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Pair } from "@mobilenet-bench/results";
import { beforeAll, describe, expect, it } from "vitest";
import { openedWith } from "../src/target/opened-with.ts";
import { parseCoreList } from "../src/pair/core-list.ts";
import { compareCells } from "../src/pair/compare-cells.ts";
import { PAIR_PROTOCOL, roundsOf } from "../src/pair/pair-protocol.ts";
import { preparePairing, type PreparedPairing } from "../src/pair/pairing.ts";
import { pinningFor } from "../src/pair/pinning.ts";
import { recordPair } from "../src/pair/record-pair.ts";
import { nodeTarget } from "../src/target/node.ts";
import type { Target } from "../src/target/target.ts";
import { planned } from "./support/planned.ts";
import { shifted, targetOf, wrongBackend } from "./support/wrong-backends.ts";

const ID = "mobilenet_v1_0.25_32/ts/node";
const MAIN = new URL("../dist/target/node-main.js", import.meta.url).pathname;
const node = nodeTarget(MAIN);
const source = { seed: 1 };
const { signal } = new AbortController();
/** Fewer rounds than where small differences count. */
const SHORT = { ...PAIR_PROTOCOL, rounds: 4 };
const options = { seed: 1, protocol: SHORT, signal, tryUnseen: false };

const canPin = "cores" in (await pinningFor([planned(ID, node)]));
if (!canPin) process.stderr.write("Skipped: pinning, for there is no taskset here.\n");

let prepared: PreparedPairing;
beforeAll(async () => {
  prepared = await preparePairing({ base: planned(ID, node), candidate: planned(ID, node) }, source);
});

describe("a pair", () => {
  it("holds a block of each side in each round, and all that was drawn", async () => {
    const pair = await recordPair(prepared, { ...options, pair: 0 });
    expect(pair.baseMs.length).toBeGreaterThanOrEqual(PAIR_PROTOCOL.leastRounds);
    expect(pair.candidateMs).toHaveLength(pair.baseMs.length);
    const again = await recordPair(prepared, { ...options, pair: 0 });
    expect([again.startedFirst, again.beganWith, again.core]).toEqual([
      pair.startedFirst,
      pair.beganWith,
      pair.core,
    ]);
  });

  it("draws roles and orders anew for each pair", async () => {
    const opened: string[] = [];
    const asked: string[] = [];
    const watched = (side: string): Target => ({
      ...targetOf(wrongBackend(() => ({}))),
      open: async (purpose, signal) => {
        opened.push(side);
        const runner = await targetOf(wrongBackend(() => ({}))).open(purpose, signal);
        return {
          kill: () => runner.kill(),
          request: (job, details, deadlineMs) => {
            if (job === "block") asked.push(side);
            return runner.request(job, details, deadlineMs);
          },
        };
      },
    });
    const small = "mobilenet_v1_0.25_32/wasm/node";
    const watchedPair = await preparePairing(
      { base: planned(small, watched("base")), candidate: planned(small, watched("candidate")) },
      source,
    );
    const protocol = { ...PAIR_PROTOCOL, warmUpMs: 1, blockMs: 1, rounds: 2 };
    const pairs: Pair[] = [];
    for (let pair = 0; pair < 6; pair++)
      pairs.push(await recordPair(watchedPair, { ...options, pair, protocol }));
    expect(new Set(pairs.map(({ startedFirst }) => startedFirst)).size).toBe(2);
    expect(new Set(pairs.map(({ beganWith }) => beganWith)).size).toBe(2);
    pairs.forEach(({ startedFirst, beganWith }, pair) => {
      expect(opened[2 * pair]).toBe(startedFirst);
      const [first, second, third, fourth] = asked.slice(4 * pair, 4 * pair + 4);
      // AB BA: who began a round ends the next one.
      expect([first, fourth]).toEqual([beganWith, beganWith]);
      expect(second).toBe(third);
      expect(second).not.toBe(first);
    });
  });

  it.runIf(canPin)("runs on one core, another one for the next pair where there are several", async () => {
    const seen: number[][] = [];
    const watched: Target = {
      ...node,
      open: async (purpose, signal) => {
        const runner = await node.open(purpose, signal);
        return {
          ...runner,
          request: async (job, details, deadlineMs) => {
            const reply = await runner.request(job, details, deadlineMs);
            if (job === "recheck") {
              const pid = runner.processes?.[0];
              const status = await readFile(`/proc/${pid}/status`, "utf8");
              seen.push(parseCoreList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? ""));
            }
            return reply;
          },
        };
      },
    };
    const pinned = { ...prepared, base: planned(ID, watched), candidate: planned(ID, watched) };
    const pairs = [
      await recordPair(pinned, { ...options, pair: 0 }),
      await recordPair(pinned, { ...options, pair: 1 }),
    ];
    expect(seen).toEqual(pairs.flatMap(({ core }) => [[core], [core]]));
    if (!("cores" in prepared.pinning)) throw new Error("no cores");
    expect(pairs.map(({ core }) => core)).toEqual(
      [0, 1].map(
        (pair) => "cores" in prepared.pinning && prepared.pinning.cores[pair % prepared.pinning.cores.length],
      ),
    );
  });

  it("says why it is not pinned where it has threads", async () => {
    const threaded = planned(`${ID}?threads=2`, node);
    const pairing = await preparePairing({ base: threaded, candidate: threaded }, source);
    expect(await recordPair(pairing, { ...options, pair: 0 })).toMatchObject({
      core: null,
      unpinned: `${ID}?threads=2 runs on several threads`,
    });
  });

  it("ends at the first wrong output, and says whose it was", async () => {
    let inferences = 0;
    const wrong = wrongBackend((session) => ({
      infer: (input) => (++inferences > 8 ? shifted(session.infer(input), 3, 1) : session.infer(input)),
    }));
    const id = "mobilenet_v1_0.25_32/wasm/node";
    const pairing = await preparePairing(
      { base: planned(id, targetOf(wrongBackend(() => ({})))), candidate: planned(id, targetOf(wrong)) },
      source,
    );
    await expect(recordPair(pairing, { ...options, pair: 0 })).rejects.toMatchObject({
      side: "candidate",
      failure: { status: "mismatch" },
    });
  });

  it("leaves no process behind where it is interrupted", async () => {
    const pids: number[] = [];
    const interrupt = new AbortController();
    const watched: Target = {
      ...node,
      open: async (purpose, signal) => {
        const runner = await node.open(purpose, signal);
        pids.push(...(runner.processes ?? []));
        return {
          ...runner,
          request: (job, details, deadlineMs) => {
            if (job === "block") interrupt.abort(new Error("enough"));
            return runner.request(job, details, deadlineMs);
          },
        };
      },
    };
    const pairing = { ...prepared, base: planned(ID, watched), candidate: planned(ID, watched) };
    await expect(recordPair(pairing, { ...options, signal: interrupt.signal, pair: 0 })).rejects.toThrow(
      "enough",
    );
    expect(pids).toHaveLength(2);
    if (process.platform === "linux") expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });
});

describe("a comparison", () => {
  it("finds a slow-down of 30 %, and goes on after what was recorded", async () => {
    const candidate = planned(ID, openedWith(node, { slowDown: 0.3 }));
    const pairs: Pair[] = [];
    // So large a difference shows in a few pairs, where a false alarm in ten may be risked.
    const protocol = { ...SHORT, looks: [6, 12, 24], alpha: 0.1 };
    const keep = { seed: 1, protocol, signal, onPair: (pair: Pair) => void pairs.push(pair) };
    const comparison = await compareCells({ ...prepared, candidate }, keep);
    expect(comparison).toMatchObject({ verdict: "slower", final: true });
    expect(comparison.ratio).toBeGreaterThan(1.1);
    const recorded = pairs.slice(0, comparison.pairs - 1);
    pairs.length = 0;
    const resumed = await compareCells({ ...prepared, candidate }, { ...keep, recorded });
    expect(pairs.map(({ pair }) => pair)).toEqual(Array.from(pairs, (_, i) => recorded.length + i));
    expect(resumed.verdict).toBe("slower");
  });
});

describe("the rounds of a pair", () => {
  it("are as many as its time allows, a few where inferences are long", () => {
    expect(
      [1, 10, 20, 50, 100, 250, 3000].map((inferenceMs) => roundsOf(PAIR_PROTOCOL, inferenceMs)),
    ).toEqual([24, 24, 24, 12, 6, 3, 3]);
    expect(roundsOf(PAIR_PROTOCOL, 1, 50)).toBe(17);
    expect(roundsOf({ ...PAIR_PROTOCOL, rounds: 1 }, 3000)).toBe(1);
  });
});
