import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { Expected, Precision } from "@mobilenet-bench/backend";
import { WriteError } from "@mobilenet-bench/files";
import { type FailedCell, type Protocol } from "@mobilenet-bench/results";
import type { InputSource } from "@mobilenet-bench/runner";
import type { PlannedCell } from "../plan/cell.ts";
import { toFailure, type Failure } from "../target/failure.ts";
import { CellRun } from "./cell-run.ts";
import { precisionFor } from "./expected.ts";
import { sourceOf } from "./given.ts";
import { inParallel } from "./in-parallel.ts";
import type { Loops } from "./loops.ts";
import type { Measurement } from "./measurement.ts";
import { setsOf, takesPart } from "./sets-of.ts";
import { randomOf, shuffled } from "./shuffled.ts";
import { failedCell, failedRun, recordOf, summarizeCell } from "./summarize-cell.ts";
import { whyCellTooLarge } from "./too-large.ts";
import { whyUnavailable } from "./why-unavailable.ts";

/** The cells of one model: they are measured side by side, one set after the other, and other groups in between. */
export class Group {
  readonly model: string;
  readonly #cells: readonly PlannedCell[];
  readonly #measurement: Measurement;
  readonly #loops: Loops;
  /** Those of which is known that they can be tried here. */
  readonly #tried = new Set<string>();
  readonly #expected = new Map<Precision, Promise<readonly Expected[]>>();
  #source: Promise<InputSource> | undefined;

  constructor(cells: readonly PlannedCell[], measurement: Measurement, loops: Loops) {
    this.model = cells[0]?.model ?? "";
    this.#cells = cells;
    this.#measurement = measurement;
    this.#loops = loops;
  }

  /** What the first set will need of the reference, ahead; what goes wrong is told of the cells that need it. */
  async computeExpected(): Promise<void> {
    const { ledger } = this.#measurement;
    for (const cell of this.#cells)
      if (!ledger.failureOf(cell.id) && !whyCellTooLarge(cell)) await this.#expectedOf(cell).catch(() => {});
  }

  /** Every cell that has not failed gets a fresh process, then one block in every round. */
  async measureSet(set: number): Promise<void> {
    const { signal } = this.#measurement;
    const runs = await this.#runs(set);
    // A kill in the middle of a request rejects it, and the cell ends there.
    const kill = () => Promise.all(runs.map((run) => run.kill()));
    const abort = () => void kill();
    signal.addEventListener("abort", abort, { once: true });
    try {
      if (runs.length > 0 && !signal.aborted) await this.#measure(set, runs);
    } finally {
      signal.removeEventListener("abort", abort);
      await kill();
    }
  }

  /** What is done in one set, whatever was done before and will be after: an interrupted one is done again likewise. */
  async #measure(set: number, runs: readonly CellRun[]): Promise<void> {
    const { protocol, seed, signal, ledger, part, profile } = this.#measurement;
    const { model } = this;
    const inOrder = (what: string) => {
      const order = shuffled(this.#cells, randomOf(seed, `${model} ${what}`));
      return order.flatMap(({ id }) => runs.find(({ cell }) => cell.id === id) ?? []);
    };
    const source = await this.#inputSource();
    await this.#open(inOrder(`set ${set}`), source, set);
    for (let round = 0; round < protocol.rounds; round++) {
      if (signal.aborted) return;
      const reading = { kind: "round", model, set, round, ...this.#loops.read() } as const;
      await this.#whilePausing(this.#measurement.record(reading));
      for (const run of inOrder(`set ${set} round ${round}`)) {
        if (signal.aborted) return;
        const block = await run.measureBlock(set, round);
        const { id } = run.cell;
        await this.#whilePausing(
          block ? this.#measurement.record({ kind: "block", cell: id, block }) : this.#tellFailure(run),
        );
        this.#measurement.onStep(id, 1);
      }
    }
    await this.#close(runs, { profile, set });
    if (signal.aborted) return;
    await this.#measurement.record({ kind: "set", model, set, entries: ledger.entriesOf(part, model, set) });
    await this.#tellFigures(runs.filter(({ cell }) => this.#isLast(cell, set)));
  }

  /**
   * Processes start side by side. One at a time they load where that tells the cold start, side by side too where it does
   * not; and each warms up alone.
   */
  async #open(runs: readonly CellRun[], source: InputSource, set: number): Promise<void> {
    const { signal, onStep, protocol } = this.#measurement;
    const isCold = hasColdStarts(protocol, set);
    await inParallel(runs, availableParallelism(), async (run) => {
      if (!signal.aborted) await (isCold ? run.prepare(source) : run.load(source));
    });
    for (const run of runs) {
      if (signal.aborted) return;
      await run.open(source);
      await this.#tellFailure(run);
      onStep(run.cell.id, 1);
    }
  }

  /** Side by side, but where it is the last set of one: in it unseen images are timed. */
  async #close(
    runs: readonly CellRun[],
    { profile, set }: { readonly profile: boolean; readonly set: number },
  ): Promise<void> {
    const { signal, protocol, record } = this.#measurement;
    const anyLast = runs.some(({ cell }) => this.#isLast(cell, set));
    await inParallel(runs, anyLast ? 1 : availableParallelism(), async (run) => {
      if (signal.aborted || run.failure) return;
      await run.close({ last: this.#isLast(run.cell, set), profile });
      if (signal.aborted) return;
      await this.#tellFailure(run);
      if (run.failure) return;
      const process = recordOf(run, hasColdStarts(protocol, set));
      await record({ kind: "process", cell: run.cell.id, set, process });
    });
  }

  #isLast({ id }: PlannedCell, set: number): boolean {
    const { protocol, few } = this.#measurement;
    return setsOf(id, protocol, few).at(-1) === set;
  }

  async #tellFigures(runs: readonly CellRun[]): Promise<void> {
    const { ledger, onCell } = this.#measurement;
    for (const { cell, failure } of runs)
      if (!failure) await onCell(summarizeCell(cell, ledger.processesOf(cell.id), this.#measurement));
  }

  /** Those that may still have a figure, each with a process to come. What cannot be had is found out in the first set. */
  async #runs(set: number): Promise<CellRun[]> {
    const { protocol, signal, ledger, softwareGpus, onStep, few } = this.#measurement;
    const runs: CellRun[] = [];
    for (const cell of this.#cells.filter(({ id }) => takesPart(id, set, protocol, few))) {
      if (signal.aborted) return [];
      if (!ledger.failureOf(cell.id)) {
        const run = await this.#runOf(cell, { protocol, softwareGpus, signal });
        if (run) runs.push(run);
        else if (signal.aborted) return [];
      }
      if (!runs.some((run) => run.cell === cell)) onStep(cell.id, stepsOfSet(protocol));
    }
    return runs;
  }

  async #runOf(
    cell: PlannedCell,
    { protocol, softwareGpus, signal }: Pick<Measurement, "protocol" | "softwareGpus" | "signal">,
  ): Promise<CellRun | undefined> {
    if (!this.#tried.has(cell.id)) {
      const failure = (await whyUnavailable(cell, { softwareGpus, signal })) ?? whyCellTooLarge(cell);
      if (signal.aborted) return undefined;
      if (failure) {
        await this.#fail(failedCell(cell, failure));
        return undefined;
      }
      this.#tried.add(cell.id);
    }
    try {
      return new CellRun(cell, await this.#expectedOf(cell), protocol, signal, this.#measurement.watch);
    } catch (error) {
      if (error instanceof WriteError) throw error;
      if (!signal.aborted) await this.#fail(failedCell(cell, withoutReference(toFailure(error))));
      return undefined;
    }
  }

  /** Computed once: it takes seconds where a backend takes milliseconds. */
  async #expectedOf({ network, options }: PlannedCell): Promise<readonly Expected[]> {
    const { expect, signal } = this.#measurement;
    const precision = precisionFor(options);
    const source = await this.#inputSource();
    const expected = this.#expected.get(precision) ?? expect(network, source, precision, signal);
    this.#expected.set(precision, expected);
    return expected;
  }

  #inputSource(): Promise<InputSource> {
    const [first] = this.#cells;
    const { seed, given } = this.#measurement;
    if (!first) throw new Error("[harness] A group has no cells. This is a bug; please report it.");
    this.#source ??= sourceOf(first.network, seed, given);
    return this.#source;
  }

  /** Once. A run that is ended fails no cell: what was asked of it then is no fault of its own. */
  async #tellFailure(run: CellRun): Promise<void> {
    const { signal, ledger } = this.#measurement;
    if (!run.failure || signal.aborted || ledger.failureOf(run.cell.id)) return;
    await this.#fail(failedRun(run, run.failure, ledger.processesOf(run.cell.id)));
  }

  async #fail(cell: FailedCell): Promise<void> {
    await this.#measurement.record({ kind: "failed", cell });
    await this.#measurement.onCell(cell);
  }

  /** Between blocks: what is written down is on the disk before the next one is timed. */
  async #whilePausing(work: Promise<void>): Promise<void> {
    const { protocol } = this.#measurement;
    await Promise.all([work, setTimeout(protocol.pauseMs)]);
  }
}

/** Of each cell. */
export function stepsOfSet({ rounds }: Pick<Protocol, "rounds">): number {
  return rounds + 1;
}

function hasColdStarts({ coldStarts = Infinity }: Protocol, set: number): boolean {
  return set < coldStarts;
}

/** A model that is too large for the reference, above all. */
function withoutReference({ status, reason }: Failure): Failure {
  return { status, reason: `The reference of this model cannot be computed. ${reason}` };
}
