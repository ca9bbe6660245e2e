import { describe, expect, it } from "vitest";
import { nominate } from "../../src/history/nominate.ts";
import { makeHistory } from "../../src/history/make-history.ts";
import { drawsOf } from "../../src/simulation/draws.ts";
import { evaluateYear } from "../../src/simulation/evaluate-year.ts";
import { simulatedJobs } from "../../src/simulation/simulated-job.ts";
import { simulateNights } from "../../src/simulation/simulate-nights.ts";
import { SIMULATED_CELLS } from "../../src/simulation/simulated-cells.ts";
import { codeEffect, planYear, type PlannedEvent, type YearPlan } from "../../src/simulation/year-plan.ts";
import { falseShare, yearOutcomeSchema } from "../../src/simulation/year-outcome.ts";
import { eventRows, EVENT_TITLES, yearSentences } from "../../src/simulation/year-text.ts";

/** A backend of every family, in Node and in pages. */
const CELLS = SIMULATED_CELLS.filter((cell) =>
  /^mobilenet_v1_0\.5_160\/(ts|wasm|tfjs-wasm|ort-node|ort-wasm)\/(node|chrome)$/.test(cell),
);
const { normal } = drawsOf(1, "equal sides");
const EQUAL_SIDES = [Array.from({ length: 200 }, () => 0.01 * normal())];
const jobs = simulatedJobs(EQUAL_SIDES);

const event = (changes: Partial<PlannedEvent>): PlannedEvent => ({
  kind: "step",
  night: 45,
  nights: 1,
  step: Math.log(1.1),
  cells: CELLS.slice(0, 1),
  ...changes,
});
const planOf = (events: readonly PlannedEvent[]): YearPlan => ({ seed: 5, nights: 60, cells: CELLS, events });
const outcomeOf = (...events: PlannedEvent[]) => evaluateYear(planOf(events), jobs, "a test");

describe("a simulated year", { timeout: 30_000 }, () => {
  it("finds a step that was planted, soon, and with its cause", () => {
    const outcome = outcomeOf(event({}));
    expect(outcome.events[0]).toMatchObject({ alerted: 1, marked: 1, explained: 1, nightsToAlert: 0 });
    expect(outcome.alerts.filter(({ cell }) => cell === CELLS[0])).toMatchObject([
      { direction: "slower", falsely: false, night: 45 },
    ]);
  });

  it("finds nothing where nothing was planted", () => {
    const { alerts, vanishedFalsely } = outcomeOf();
    expect(alerts).toEqual([]);
    expect(vanishedFalsely).toBe(0);
  });

  it("alerts nobody of what no build brought, and says what did", () => {
    const chrome = CELLS.filter((cell) => cell.includes("/chrome"));
    const outcome = outcomeOf(
      event({ kind: "browser", night: 20, cells: chrome }),
      event({ kind: "system", night: 40, cells: CELLS }),
      event({ kind: "machine", night: 50, cells: CELLS }),
    );
    expect(outcome.alerts).toEqual([]);
    const [browser, system, machine] = outcome.events;
    expect(browser?.explained).toBeGreaterThanOrEqual(chrome.length / 2);
    expect(system).toMatchObject({ marked: 1, explained: 1 });
    expect(machine).toMatchObject({ alerted: 0, marked: 0 });
  });

  it("tells cells that vanish, in the night in which they do", () => {
    const outcome = outcomeOf(
      event({ kind: "crash", night: 30, cells: CELLS.slice(2, 3) }),
      event({ kind: "gone", night: 31, cells: CELLS.slice(4, 5) }),
    );
    expect(outcome.events.map(({ told }) => told)).toEqual([1, 1]);
    expect(outcome.vanishedFalsely).toBe(0);
  });

  it("counts an alert as false where the job takes for code what is none", () => {
    const wrong = () => "slower" as const;
    const browser = event({ kind: "browser", night: 45, cells: CELLS.slice(5, 8) });
    const outcome = evaluateYear(planOf([browser]), wrong, "a test");
    expect(outcome.alerts.length).toBeGreaterThanOrEqual(3);
    expect(outcome.alerts.map(({ falsely }) => falsely)).toEqual(outcome.alerts.map(() => true));
    expect(falseShare(outcome)).toBe(1);
  });

  it("is the same for the same seed, and its outcome is what its schema says", () => {
    const plan = planYear(2, 60, CELLS);
    expect(planYear(2, 60, CELLS)).toEqual(plan);
    expect(simulateNights(plan)).toEqual(simulateNights(plan));
    const outcome = evaluateYear(plan, jobs, "a test");
    expect(yearOutcomeSchema.parse(outcome)).toEqual(outcome);
    for (const row of eventRows(outcome)) expect(row).toHaveLength(EVENT_TITLES.length);
    expect(yearSentences(outcome)[0]).toMatch(/^SIMULATED/);
  });

  it("says in every run that it is simulated, so that no pair is asked to measure it", () => {
    const plan = planOf([event({ night: 59 })]);
    const runs = simulateNights(plan);
    for (const { simulated } of runs) expect(simulated).toBe("a simulated year of seed 5");
    const nominees = nominate(makeHistory(runs), [runs.at(-1)?.id ?? ""]);
    expect(nominees.find(({ cell }) => cell === CELLS[0])?.unpairable).toMatch(/^Simulated/);
  });
});

describe("codeEffect", () => {
  it("is what builds differ by: drifts bit by bit, and nothing of what is around them", () => {
    const [cell = ""] = CELLS;
    const plan = planOf([
      event({ kind: "drift", night: 10, nights: 10, step: 0.1 }),
      event({ kind: "system", night: 5, step: 1 }),
    ]);
    expect([9, 10, 14, 19, 50].map((night) => codeEffect(plan, cell, night))).toEqual(
      [0, 0.01, 0.05, 0.1, 0.1].map((effect) => expect.closeTo(effect, 9)),
    );
  });
});

describe("simulatedJobs", () => {
  it("judge as the rule does: equal sides are the same, and what is slower is found", () => {
    const draws = drawsOf(1, "jobs");
    const verdictsOf = (effect: number) => Array.from({ length: 50 }, () => jobs(effect, draws));
    expect(
      verdictsOf(0).filter((verdict) => verdict === "slower" || verdict === "faster").length,
    ).toBeLessThan(3);
    expect(verdictsOf(0.05)).toEqual(verdictsOf(0.05).map(() => "slower"));
    expect(verdictsOf(-0.05)).toEqual(verdictsOf(-0.05).map(() => "faster"));
  });

  it("refuse recordings that are too short", () => {
    expect(() => simulatedJobs([[0, 0.1]])).toThrow(/No series has 60 pairs/);
  });
});
