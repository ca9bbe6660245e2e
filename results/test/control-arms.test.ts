import { describe, expect, it } from "vitest";
import { controlArms } from "../src/pairs/control-arms.ts";
import type { Calibration, CalibrationStart } from "../src/pairs/calibration.ts";
import type { Pair } from "../src/pairs/pair.ts";
import { RUN } from "./run.ts";
import { PAIR_PROTOCOL } from "./pair-protocol.ts";

const START: CalibrationStart = {
  kind: "start",
  version: 1,
  id: "a",
  startedAt: "2026-01-02T03:04:05.000Z",
  seed: 1,
  cells: ["mobilenet_v1_0.25_128/ts/node"],
  slowDowns: [0, 0.03],
  pairs: 20,
  stretch: 20,
  besideLoad: false,
  protocol: PAIR_PROTOCOL,
  environment: RUN.environment,
};

/** A night's arm: twenty pairs of each, slowed ones by 3 % and a little more or less. */
function night(day: number, changes: Partial<CalibrationStart> = {}): Calibration {
  const startedAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  const pairs = (slowDown: number) =>
    Array.from({ length: 20 }, (_, pair): Pair => {
      const off = 1 + 0.002 * Math.sin(day * 20 + pair);
      return {
        pair,
        startedAt,
        seconds: 2,
        core: 0,
        startedFirst: "base",
        beganWith: "base",
        baseMs: [10],
        candidateMs: [10 * (1 + slowDown) * off],
        load1: 0,
        steal: null,
      };
    });
  const start = { ...START, id: `night ${day}`, startedAt, ...changes };
  const [cell = ""] = start.cells;
  return { start, series: start.slowDowns.map((slowDown) => ({ cell, slowDown, pairs: pairs(slowDown) })) };
}

describe("controlArms", () => {
  it("counts verdicts across nights that are too short for one each", () => {
    const [first, second, third] = [night(1), night(2), night(3)];
    expect(controlArms([first]).map(({ found }) => found.of)).toEqual([0, 0]);
    const arms = controlArms([third, first, second]);
    expect(arms).toMatchObject([
      { slowDown: 0, recordings: 3, pairs: 60, found: { count: 0 } },
      { slowDown: 0.03, recordings: 3, pairs: 60 },
    ]);
    const slowed = arms[1]?.found;
    expect(slowed?.of).toBeGreaterThan(0);
    expect(slowed?.count).toBe(slowed?.of);
    expect(slowed?.bounds[1]).toBe(1);
  });

  it("lays nothing of another machine or protocol end to end, and leaves out what a load was beside", () => {
    const elsewhere = night(2, { environment: { ...START.environment, machine: "another" } });
    const otherwise = night(3, { protocol: { ...START.protocol, rounds: 6 } });
    const loaded = night(4, { besideLoad: true });
    const arms = controlArms([night(1), elsewhere, otherwise, loaded]);
    expect(arms[0]).toMatchObject({ recordings: 3, pairs: 60, found: { count: 0, of: 0, bounds: [0, 1] } });
  });

  it("is nothing without recordings", () => {
    expect(controlArms([])).toEqual([]);
  });
});
