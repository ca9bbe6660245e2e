import type { Entry, ProcessRecord } from "../../src/run/entries.ts";

const PROCESS: ProcessRecord = {
  actual: { threads: 1, precision: "fp32" },
  coldStart: { importMs: 1, loadMs: 2, firstInferenceMs: 3 },
  warmUp: { inferences: 5, stable: true, medianMs: 2 },
  correctness: { maxAbsError: 1e-6, bound: 1e-4, worstFraction: 0.01, top1Agrees: true },
  restsCpuMs: [0.5],
  retries: 0,
};

/** What a journal says of one set of a group with one round, in which every inference took so long. */
export function entriesOfSet(cells: readonly string[], set: number, ms: number): Entry[] {
  const model = cells[0]?.split("/")[0] ?? "";
  const block = (cell: string): Entry => ({
    kind: "block",
    afterMs: 10,
    cell,
    block: {
      set,
      round: 0,
      startedAt: "2026-01-02T03:04:05.000Z",
      inferences: 2,
      medianMs: ms,
      minMs: ms,
      samplesMs: [ms, ms],
      steal: null,
    },
  });
  return [
    { kind: "round", afterMs: 1, model, set, round: 0, spinMs: 0.6, readMs: 0.3, early: false },
    ...cells.map(block),
    ...cells.map((cell): Entry => ({ kind: "process", afterMs: 20, cell, set, process: PROCESS })),
    { kind: "set", afterMs: 30, model, set, entries: 1 + 2 * cells.length },
  ];
}
