import { setTimeout } from "node:timers/promises";
import type { Expected, Precision } from "@mobilenet-bench/backend";
import { uniform, type Model } from "@mobilenet-bench/spec";
import type { Cell, Protocol } from "@mobilenet-bench/results";
import type { Random } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import type { watchBlock } from "../environment/state/watch.ts";
import { shuffled } from "./shuffled.ts";
import { CellRun } from "./cell-run.ts";
import { toFailure, type Failure } from "../target/failure.ts";
import type { InputSource } from "@mobilenet-bench/runner";
import { computeExpected, precisionFor } from "./expected.ts";
import { sourceOf, type Given } from "./given.ts";
import { failedCell, summarizeCell } from "./summarize-cell.ts";
import { whyTooLarge } from "./too-large.ts";
import { askAhead, whyUnavailable } from "./why-unavailable.ts";

/** What is measured, how, on what, and who is told. */
export interface MeasureOptions {
  readonly cells: readonly PlannedCell[];
  readonly protocol: Protocol;
  /** Of orders and resampling, and of weights and input where none are given. */
  readonly seed: number;
  readonly given?: Given;
  readonly keepSamples: boolean;
  readonly profile: boolean;
  readonly signal: AbortSignal;
  /** Called when a cell is finished, before the next group begins. */
  readonly onCell: (cell: Cell) => Promise<void>;
  /** Called after each step; `total` steps make the run. */
  readonly onStep: (what: string) => void;
  /** Looks at the machine during a block; at this one where left out. */
  readonly watch?: typeof watchBlock;
  /** Whether cells whose GPU is a processor are measured. */
  readonly softwareGpus?: boolean;
  /** The reference's logits of each timed image of a model, and their bounds in that precision. */
  readonly expect?: (
    model: Model,
    source: InputSource,
    precision: Precision,
    signal: AbortSignal,
  ) => Promise<readonly Expected[]>;
}

/** Steps that `onStep` will tell of, if nothing fails. */
export function countSteps(cells: number, { sets, rounds }: Protocol): number {
  return cells * sets * (rounds + 1);
}

/**
 * Measures all cells of one model side by side, one such group after the other, so that an interrupted
 * run has finished groups. In each set, every cell gets a fresh process and then one block in every round.
 */
export async function measure(options: MeasureOptions): Promise<void> {
  await askAhead(options.cells, options.signal);
  const groups = Map.groupBy(options.cells, ({ model }) => model);
  for (const cells of groups.values()) {
    if (options.signal.aborted) return;
    await measureGroup(cells, options);
  }
}

async function measureGroup(cells: readonly PlannedCell[], options: MeasureOptions): Promise<void> {
  const {
    protocol,
    seed,
    signal,
    onStep,
    onCell,
    keepSamples,
    profile,
    softwareGpus = true,
    expect = computeExpected,
  } = options;
  const [first] = cells;
  if (!first) return;
  const random = randomOf(seed, first.id);
  const source = await sourceOf(first.network, seed, options.given ?? {});
  // One model per group, and its reference computed once: it takes seconds where a backend takes milliseconds.
  const expected = new Map<Precision, Promise<readonly Expected[]>>();
  const runs: CellRun[] = [];
  const fail = async (cell: PlannedCell, failure: Failure) => {
    await onCell(failedCell(cell, failure));
    for (let i = 0; i < countSteps(1, protocol); i++) onStep(cell.id);
  };
  for (const cell of cells) {
    const unavailable = (await whyUnavailable(cell, { softwareGpus, signal })) ?? whyTooLarge(cell.network);
    if (signal.aborted) return;
    if (unavailable) {
      await fail(cell, unavailable);
      continue;
    }
    const precision = precisionFor(cell.options);
    const logits = expected.get(precision) ?? expect(cell.network, source, precision, signal);
    expected.set(precision, logits);
    try {
      runs.push(new CellRun(cell, await logits, protocol, signal, options.watch));
    } catch (error) {
      if (signal.aborted) return;
      await fail(cell, withoutReference(toFailure(error)));
    }
  }
  // A kill in the middle of a request rejects it, and the cell ends there.
  const abort = () => void Promise.all(runs.map((run) => run.kill()));
  signal.addEventListener("abort", abort, { once: true });
  try {
    for (let set = 0; set < protocol.sets; set++) {
      for (const run of shuffled(runs, random)) {
        if (signal.aborted) return;
        await run.open(source);
        onStep(run.cell.id);
      }
      for (let round = 0; round < protocol.rounds; round++)
        for (const run of shuffled(runs, random)) {
          if (signal.aborted) return;
          await setTimeout(protocol.pauseMs);
          await run.measureBlock(set, round);
          onStep(run.cell.id);
        }
      for (const run of runs) {
        if (signal.aborted) return;
        await run.close({ last: set === protocol.sets - 1, profile });
      }
    }
    for (const run of runs)
      await onCell(summarizeCell(run, protocol, randomOf(seed, run.cell.id), keepSamples));
  } finally {
    signal.removeEventListener("abort", abort);
    await Promise.all(runs.map((run) => run.kill()));
  }
}

/** A model that is too large for the reference, above all. */
function withoutReference({ status, reason }: Failure): Failure {
  return { status, reason: `The reference of this model cannot be computed. ${reason}` };
}

/** Numbers in [0, 1), the same for the same seed and name. */
export function randomOf(seed: number, name: string): Random {
  const next = uniform(seed, name);
  return () => (next() + 1) / 2;
}
