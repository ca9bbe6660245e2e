import { describe, expect, it } from "vitest";
import type { Pair } from "@mobilenet-bench/results";
import { measureOverhead } from "../src/overhead/measure-overhead.ts";
import { recordPair } from "../src/pair/record-pair.ts";
import { planned } from "./support/planned.ts";
import { targetOf, wrongBackend } from "./support/wrong-backends.ts";

const CELL = "mobilenet_v1_0.25_32/wasm/node";
const right = targetOf(wrongBackend(() => ({})));

/** In place of a pair that is measured: what its two sides took. */
const recordAs =
  (baseMs: number, candidateMs: number): typeof recordPair =>
  (_, { pair }) =>
    Promise.resolve({
      pair,
      startedAt: "2026-01-02T03:04:05.000Z",
      seconds: 1,
      core: 0,
      startedFirst: "base",
      beganWith: "base",
      baseMs: [baseMs],
      candidateMs: [candidateMs * (1 + pair / 1e5)],
      load1: 0,
      steal: 0,
    } satisfies Pair);

const measure = (options: { record?: typeof recordPair; target?: typeof right; signal?: AbortSignal } = {}) =>
  measureOverhead([planned(CELL, right)], {
    seed: 1,
    signal: options.signal ?? new AbortController().signal,
    targets: () => ({ node: options.target ?? right }),
    onPair: () => {},
    ...(options.record && { record: options.record }),
  });

describe("what measuring costs", () => {
  it("is what a cell takes longer than in a bare loop, to 1 %", async () => {
    expect(await measure({ record: recordAs(10, 10.05) })).toMatchObject([
      { cell: CELL, comparison: { verdict: "same", margin: 0.01, ratio: expect.closeTo(1.005, 3) } },
    ]);
    expect(await measure({ record: recordAs(10, 10.2) })).toMatchObject([
      { comparison: { verdict: "slower", ratio: expect.closeTo(1.02, 3) } },
    ]);
  });

  it("compares with a session in a bare loop, the base alone", async () => {
    const asked: unknown[] = [];
    const watched: typeof right = {
      ...right,
      open: async (purpose, signal) => {
        const runner = await right.open(purpose, signal);
        return {
          kill: () => runner.kill(),
          request: (job, details, deadlineMs) => {
            if (job === "open") asked.push("bareLoop" in details);
            return runner.request(job, details, deadlineMs);
          },
        };
      },
    };
    const record: typeof recordPair = async (pairing, options) => {
      const protocol = { ...options.protocol, warmUpMs: 1, blockMs: 1, rounds: 1 };
      if (options.pair === 0) await recordPair(pairing, { ...options, protocol });
      return recordAs(1, 1)(pairing, options);
    };
    expect(await measure({ target: watched, record })).toMatchObject([{ comparison: { verdict: "same" } }]);
    expect(asked.toSorted()).toEqual([false, true]);
  });

  it("is told as a failure where a cell fails, and not at all where it was interrupted", async () => {
    const dead = targetOf(wrongBackend(() => ({ infer: () => Promise.reject(new Error("No.")) })));
    expect(await measure({ target: dead })).toMatchObject([{ cell: CELL, failure: { status: "crash" } }]);
    expect(await measure({ target: dead, signal: AbortSignal.abort() })).toEqual([]);
  });
});
