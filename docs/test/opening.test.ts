import { describe, expect, it } from "vitest";
import { latestOf } from "../build/latest-of.ts";
import { newestFigures } from "../build/newest-figures.ts";
import { choiceOf, widestFirst } from "../build/widest-first.ts";
import { fieldOf, openingOf } from "../src/pages/opening.ts";
import { DEFAULT_STATE } from "../src/state/site-state.ts";
import { quick, runWith, sweep } from "./support/runs.ts";

const { environment } = quick.run;
const later = runWith(quick.run, quick.run.cells.slice(0, 9), {
  id: "later",
  startedAt: "2026-11-27T01:02:03.000Z",
  environment: { ...environment, machine: "0123456789ab", cpu: { ...environment.cpu, model: "Other CPU" } },
});
const { machines } = await newestFigures([later, sweep]);
const latest = widestFirst(machines.map(latestOf));
const choices = latest.map(choiceOf);
const [first, second] = latest;
if (!first || !second) throw new Error("There are no two machines.");

describe("what a site opens on", () => {
  it("is the machine with most of the field, not that of the newest run", () => {
    expect(machines[0]?.machine.id).toBe("0123456789ab");
    expect(first.machine.id).toBe(sweep.run.environment.machine);
    expect(fieldOf(first.cells)).toEqual({ models: 16, backends: 7, pairs: 112 });
  });

  it("is said, with its day, and where a newer run is", () => {
    const words = openingOf({ latest: first, machines: choices, state: DEFAULT_STATE });
    expect(words).toContain(
      "Of 2 machines, the one with most of the field: 16 models on 7 backends, last measured on 2026-11-22.",
    );
    expect(words).toMatch(/A newer run, of 2026-11-27, is of Other CPU.*: choose it under Machine\.$/);
  });

  it("goes without saying where there is one machine, or the address chose", () => {
    const told = { latest: first, machines: choices, state: DEFAULT_STATE };
    expect(openingOf({ ...told, machines: choices.slice(0, 1) })).toBeUndefined();
    expect(openingOf({ ...told, state: { ...DEFAULT_STATE, run: "later" } })).toBeUndefined();
    const chosen = { ...DEFAULT_STATE, machine: second.machine.id };
    expect(openingOf({ ...told, latest: second, state: chosen })).toBeUndefined();
  });
});
