import { parseModelName } from "@mobilenet-bench/spec";
import { parseCellId } from "../cell-id.ts";
import type { HistoryCell, HistoryRun } from "../history/history.ts";
import { SCHEMA_VERSION, type Block, type Cell, type Run } from "../schema.ts";

/** From one set to the next: as long as it takes for the clock to be told. */
const SET_MS = 5 * 60_000;
const SETS = 2;
/** What the spin loop takes: always the same, so that the figure at reference clock is the simulated one. */
const SPIN_MS = 0.58;

/** A simulated night as a run file holds it, which says that it is simulated. */
export function simulatedRun(night: HistoryRun): Run {
  const { id, startedAt, machine, suite, commit, dirty, complete, simulated = "a simulation", facts } = night;
  const cells = night.cells.map((cell) => cellOf(cell, startedAt));
  const models = [...new Set(cells.map(({ model }) => model))];
  const state = { load1: 0, freeMemoryBytes: 2 ** 33, steal: null };
  return {
    schema: SCHEMA_VERSION,
    id,
    startedAt,
    finishedAt: later(startedAt, SETS),
    complete,
    simulated,
    suite,
    seed: 1,
    environment: {
      machine,
      cpu: {
        model: "Simulated processor",
        cores: 2,
        physicalCores: 2,
        speedGHz: null,
        features: [],
        l2CacheBytes: null,
        l3CacheBytes: null,
      },
      memoryBytes: 2 ** 34,
      virtualization: null,
      os: {
        platform: "linux",
        name: "Simulated system",
        release: facts.system?.["kernel"] ?? "6.1",
        arch: "x64",
      },
      runtime: { ...facts.runtime },
      commit,
      dirty,
      before: state,
      after: state,
    },
    protocol: {
      sets: SETS,
      rounds: 1,
      blockMs: 40,
      settle: true,
      pauseMs: 50,
      warmUp: { tolerance: 0.05, capMs: 4000 },
      maxSteal: 0.05,
      deadlineMs: { open: 120_000, block: 60_000 },
      resamples: 2000,
      p90MinInferences: 64,
    },
    loops: {
      referenceSpinMs: SPIN_MS,
      sets: models.flatMap((model) => sets().map((set) => ({ model, set, spinMs: SPIN_MS, readMs: null }))),
    },
    cells,
  };
}

function cellOf({ id, reason = "Simulated.", status, figure, facts }: HistoryCell, startedAt: string): Cell {
  const key = parseCellId(id);
  const { multAdds, params } = parseModelName(key.model);
  const identity = { id, ...key, options: { ...key.options }, multAdds, params };
  if (status !== "ok") return { ...identity, status, reason };
  const { ms } = figure ?? { ms: 0 };
  return {
    ...identity,
    status,
    latency: { unit: "ms", median: ms, ci95: [ms, ms], min: ms, p90: null, blocks: SETS, inferences: SETS },
    gmacs: ms > 0 ? multAdds / ms / 1e6 : 0,
    coldStart: { importMs: 0, loadMs: 0, firstInferenceMs: ms },
    correctness: { maxAbsError: 0, bound: 1, worstFraction: 0, top1Agrees: true },
    warmUp: { inferences: 0, stable: true },
    blocks: sets().map((set): Block => ({
      set,
      round: 0,
      startedAt: later(startedAt, set),
      inferences: 1,
      medianMs: ms,
      minMs: ms,
      steal: null,
    })),
    actual: {
      threads: Number(key.options["threads"] ?? 1),
      ...Object.fromEntries(
        Object.entries(facts.library ?? {}).map(([name, version]) => ["library", `${name} ${version}`]),
      ),
      ...Object.fromEntries(
        Object.entries(facts.browser ?? {}).map(([name, version]) => [
          "browser",
          { version: `${name}/${version}` },
        ]),
      ),
    },
  };
}

function sets(): number[] {
  return Array.from({ length: SETS }, (_, set) => set);
}

function later(startedAt: string, sets: number): string {
  return new Date(Date.parse(startedAt) + sets * SET_MS).toISOString();
}
