import { parseCellId } from "../cell-id.ts";
import type { Facts, HistoryCell, HistoryRun } from "../history/history.ts";
import { drawsOf, type Draws } from "./draws.ts";
import { usualMs } from "./simulated-cells.ts";
import { effectOf, type EventKind, type YearPlan } from "./year-plan.ts";

const DAY_MS = 86_400_000;
const FIRST_NIGHT = Date.UTC(2025, 0, 1, 2);

/**
 * What nights differ by, as standard deviations of ln latency: about what was measured of figures at reference clock on two shared
 * cores, rather more.
 */
const NOISE = {
  /** Of a cell by itself; of each cell times exp(± spread). */
  own: 0.01,
  spread: 0.4,
  /** So many figures are off by three times that. */
  bursts: 0.05,
  /** What all cells share, and how much of it is left in the next night. */
  shared: 0.01,
  memory: 0.7,
  /** So many cells have a second state of memory, in so many nights, in which they take so much longer. */
  twoStates: { cells: 0.2, nights: 0.05, step: 0.08 },
} as const;

/** The runs of a plan, a night each, without anything measured. */
export function simulateNights(plan: YearPlan): HistoryRun[] {
  const { seed, nights, cells, events } = plan;
  const machine = drawsOf(seed, "machine");
  const models = cells.map((cell) => ({
    cell,
    noise: noiseModel(seed, cell),
    events: events.filter((event) => event.cells.includes(cell)),
  }));
  const facts = factsOf();
  let shared = 0;
  return Array.from({ length: nights }, (_, night): HistoryRun => {
    shared = NOISE.memory * shared + Math.sqrt(1 - NOISE.memory ** 2) * NOISE.shared * machine.normal();
    const had = new Set(events.filter((event) => event.night <= night).map(({ kind }) => kind));
    return {
      id: `simulated-${seed}-${String(night).padStart(4, "0")}`,
      startedAt: new Date(FIRST_NIGHT + night * DAY_MS).toISOString(),
      machine: had.has("machine") ? "simulated-b" : "simulated-a",
      suite: "nightly",
      commit: commitOf(night),
      dirty: false,
      complete: true,
      simulated: `a simulated year of seed ${seed}`,
      kind: "simulated",
      facts: facts.ofRun(had),
      cells: models.flatMap(({ cell, noise, events: concerning }): HistoryCell[] => {
        // Drawn in any case, so that no other night depends on it.
        const off = noise();
        const struck = new Set(concerning.filter((event) => event.night <= night).map(({ kind }) => kind));
        if (struck.has("gone")) return [];
        const own = facts.ofCell(cell, had);
        if (struck.has("crash"))
          return [{ id: cell, status: "crash", reason: "Simulated: the process ended.", facts: own }];
        const effect = concerning.reduce((sum, event) => sum + effectOf(event, night), 0);
        const ms = Number((usualMs(cell) * Math.exp(effect + shared + off)).toPrecision(6));
        return [{ id: cell, status: "ok", figure: { ms, basis: "clock", software: false }, facts: own }];
      }),
    };
  });
}

/** A commit for each night, which a number can be read out of again. */
export function commitOf(night: number): string {
  return night.toString(16).padStart(12, "0").padEnd(40, "0");
}

/** The night of a simulated run. */
export function nightOf({ id }: Pick<HistoryRun, "id">): number {
  return Number(id.split("-").at(-1));
}

/** What one cell's figures differ by from night to night, by themselves. */
function noiseModel(seed: number, cell: string): () => number {
  const draws: Draws = drawsOf(seed, cell);
  const own = NOISE.own * Math.exp(NOISE.spread * draws.normal());
  const hasStates = draws.share() < NOISE.twoStates.cells;
  return () => {
    const [burst, state, normal] = [draws.share(), draws.share(), draws.normal()];
    const inState = hasStates && state < NOISE.twoStates.nights;
    return normal * own * (burst < NOISE.bursts ? 3 : 1) + (inState ? NOISE.twoStates.step : 0);
  };
}

/** Environments, of which each is one object for as long as it lasts. */
function factsOf() {
  const known = new Map<string, Facts>();
  const once = (facts: Facts): Facts => {
    const text = JSON.stringify(facts);
    const same = known.get(text) ?? facts;
    known.set(text, same);
    return same;
  };
  return {
    ofRun: (had: ReadonlySet<EventKind>): Facts =>
      once({
        runtime: { node: "24.0.0" },
        system: { kernel: had.has("system") ? "6.6" : "6.1" },
      }),
    ofCell: (cell: string, had: ReadonlySet<EventKind>): Facts => {
      const { backend, target } = parseCellId(cell);
      const [library = ""] = backend.split("-");
      const version = library === "tfjs" && had.has("library") ? "2.0.0" : "1.0.0";
      return once({
        ...(library !== backend && { library: { [library]: version } }),
        ...(target === "chrome" && { browser: { Chrome: had.has("browser") ? "151.0" : "150.0" } }),
      });
    },
  };
}
