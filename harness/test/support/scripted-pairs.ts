import type { Pair } from "@mobilenet-bench/results";
import { PAIR_PROTOCOL } from "../../src/pair/pair-protocol.ts";
import type { Pairing } from "../../src/pair/pairing.ts";
import type { ComparisonStart } from "../../src/compare/live-journal.ts";
import { ENVIRONMENT } from "./environment.ts";
import { planned } from "./planned.ts";
import { targetOf, wrongBackend } from "./wrong-backends.ts";

/** A pair whose candidate takes so many times as long, up to some noise. */
export function scriptedPair(pair: number, ratio: number): Pair {
  const noise = 1 + 0.002 * Math.sin(pair * 5);
  return {
    pair,
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    core: 0,
    startedFirst: "base",
    beganWith: "base",
    baseMs: [1, 1.001, 0.999],
    candidateMs: [1, 1.001, 0.999].map((ms) => ms * ratio * noise),
    load1: 0,
    steal: 0,
  };
}

const target = targetOf(wrongBackend(() => ({})));

/** The same cell on both sides. */
export function pairingOf(id: string): Pairing {
  return { base: planned(id, target), candidate: planned(id, target) };
}

const build = { kind: "ref", dirty: false } as const;

/** A comparison of these cells. */
export function startOf(cells: readonly string[]): ComparisonStart {
  return {
    version: 1,
    id: "one",
    startedAt: "2026-01-01T00:00:00.000Z",
    seed: 1,
    picture: null,
    weights: null,
    protocol: PAIR_PROTOCOL,
    environment: ENVIRONMENT,
    base: {
      ...build,
      word: "v1",
      commit: "a".repeat(40),
      identity: "a",
      libraries: { x: "1.0.0", y: "1.0.0" },
    },
    candidate: {
      ...build,
      word: "v2",
      commit: "b".repeat(40),
      identity: "b",
      libraries: { x: "1.1.0", y: "1.0.0" },
    },
    cells: [...cells],
    without: [],
    demands: [],
    strict: false,
    browser: {},
  };
}
