import { availableParallelism } from "node:os";
import { moduleOf, purposeOf } from "./purpose.ts";
import { checkLogits, type Actual, type Expected, type LogitsCheck } from "@mobilenet-bench/backend";
import { watchBlock } from "../environment/state/watch.ts";
import { occupancyOf, onSoftwareAdapter, whyLeftOut, type Occupancy } from "@mobilenet-bench/results";
import type { ColdStart, Correctness, Memory, Protocol } from "@mobilenet-bench/results";
import {
  inferencesPerBlock,
  type InputSource,
  type Cost,
  type JobName,
  type Jobs,
  namedModel,
  type TimedOutput,
  UNSEEN_BLENDS,
  type WarmUp,
} from "@mobilenet-bench/runner";
import { median } from "simple-statistics";
import { isComputed, whyRemembered } from "./remembered.ts";
import type { TimedBlock } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import type { Runner } from "../target/target.ts";
import { CellFailed, failureOfReply, toFailure, type Failure } from "../target/failure.ts";

/** Statuses that another try may cure: the process died or stalled, it did not compute wrongly. */
const RETRIED: ReadonlySet<string> = new Set(["crash", "hang", "oom", "infra"]);

type BlockSize = Jobs["block"]["request"];

/** One process of a cell, and what is known of it so far. It fails at most once; after that it does nothing. */
export class CellRun {
  readonly cell: PlannedCell;
  readonly blocks: TimedBlock[] = [];
  readonly coldStarts: ColdStart[] = [];
  readonly warmUps: Omit<WarmUp, "worst">[] = [];
  readonly checks: LogitsCheck[] = [];
  /** Processor time before each block, while nothing was asked; empty where that cannot be told. */
  readonly restsCpuMs: number[] = [];
  actual: Actual | undefined;
  layerMs: [name: string, ms: number][] | undefined;
  readonly memories: Memory[] = [];
  failure: Failure | undefined;
  retries = 0;
  #runner: Runner | undefined;
  #isLoaded = false;
  readonly #expected: readonly Expected[];
  readonly #protocol: Protocol;

  readonly #signal: AbortSignal | undefined;
  readonly #watch: typeof watchBlock;

  /**
   * @param expected of each timed image, the input first
   * @param signal where it ends the run, no process is tried again
   * @param watch looks at the machine during a block
   */
  constructor(
    cell: PlannedCell,
    expected: readonly Expected[],
    protocol: Protocol,
    signal?: AbortSignal,
    watch = watchBlock,
  ) {
    this.#watch = watch;
    this.cell = cell;
    this.#expected = expected;
    this.#protocol = protocol;
    this.#signal = signal;
  }

  /** A fresh process, its first inference checked, warmed up; one that was loaded ahead only warms up. One retry where it died. */
  async open(source: InputSource): Promise<void> {
    await this.#twice(async () => {
      await this.#load(source);
      await this.#warmUp();
    });
  }

  /** As far as a process comes before its cold start: several may start at once. */
  async prepare(source: InputSource): Promise<void> {
    await this.#twice(async () => {
      await this.#start();
      const { network } = this.cell;
      const seed = source.weights ? {} : { seed: source.seed };
      await this.#ask("prepare", { model: namedModel(network), ...seed });
    });
  }

  /** As `open`, without the warm-up: several may load at once. */
  async load(source: InputSource): Promise<void> {
    await this.#twice(() => this.#load(source));
  }

  /** What `load` left out. */
  async warmUp(): Promise<void> {
    await this.#guard(() => this.#warmUp());
  }

  /** Of the runner that is open: the heads of its trees of processes; none where they cannot be told. */
  get processes(): readonly number[] {
    return this.#runner?.processes ?? [];
  }

  /** Of one inference, as the last warm-up ended; 0 before it. */
  get inferenceMs(): number {
    return this.warmUps.at(-1)?.medianMs ?? 0;
  }

  /**
   * @param size as the protocol has it, where left out
   * @returns undefined where the cell has failed
   */
  async measureBlock(
    set: number,
    round: number,
    size: BlockSize = this.#blockSize(),
  ): Promise<TimedBlock | undefined> {
    const failure = await this.#guard(async () => {
      const { inferences } = size;
      const startedAt = new Date().toISOString();
      const stateSince = this.#watch();
      const {
        samplesMs,
        cpuMs,
        busiestShare,
        restCpuMs,
        worst,
        hidden = false,
      } = await this.#ask("block", size);
      const state = stateSince();
      const excluded = whyLeftOut({ ...state, hidden, occupancy: this.#occupancy() }, this.#protocol);
      this.#checkOutput(worst);
      if (restCpuMs !== null) this.restsCpuMs.push(restCpuMs);
      this.blocks.push({
        set,
        round,
        startedAt,
        inferences,
        medianMs: median(samplesMs),
        minMs: Math.min(...samplesMs),
        samplesMs,
        ...state,
        ...(cpuMs !== null && { cpuMs }),
        ...(busiestShare !== null && { busiestShare }),
        ...(excluded !== undefined && { excluded }),
      });
    });
    return failure ? undefined : this.blocks.at(-1);
  }

  /** Milliseconds per layer of one inference more; nothing where the backend cannot tell, or the cell has failed. */
  async timeLayers(): Promise<Jobs["layers"]["reply"]["ms"]> {
    let ms: Jobs["layers"]["reply"]["ms"] = null;
    await this.#guard(async () => {
      ({ ms } = await this.#ask("layers", {}));
    });
    return ms;
  }

  /**
   * Checks once more, since a session may go wrong only after many inferences, and ends the process. The last process
   * of a cell also times unseen images: whether answers are remembered is the same for all of them.
   */
  async close({ last, profile }: { readonly last: boolean; readonly profile: boolean }): Promise<void> {
    await this.#guard(async () => {
      if (!this.#runner) return;
      const { logits, worst, memory } = await this.#ask("recheck", {});
      this.memories.push(memory);
      this.#checkOutput(worst);
      this.#check(logits);
      if (last) await this.#tryUnseen();
      if (last && profile) this.layerMs = (await this.#ask("layers", {})).ms ?? undefined;
      await this.#ask("close", {});
    });
    await this.kill();
  }

  #occupancy(): Occupancy {
    const { actual = { threads: 1, precision: "fp32" } } = this;
    return occupancyOf(actual.threads, availableParallelism(), onSoftwareAdapter({ actual }));
  }

  async #tryUnseen(): Promise<void> {
    const seen: Cost[] = [];
    const unseen: Cost[] = [];
    for (let blend = 0; blend < UNSEEN_BLENDS; blend++) {
      const { worst, ...costs } = await this.#ask("unseen", { blend });
      this.#checkOutput(worst);
      seen.push(...costs.seen);
      unseen.push(...costs.unseen);
      if (isComputed({ seen, unseen })) return;
    }
    const remembered = whyRemembered({ seen, unseen });
    if (remembered) throw new CellFailed(wrongAnswer(this.cell, remembered));
  }

  async kill(): Promise<void> {
    this.#isLoaded = false;
    await this.#runner?.kill();
    this.#runner = undefined;
  }

  /** The worst over all processes, for the record. */
  correctness(): Correctness | undefined {
    const [worst] = this.checks.toSorted((a, b) => b.worstFraction - a.worstFraction);
    if (!worst || !Number.isFinite(worst.maxAbsError)) return undefined;
    const { bound, worstFraction } = worst;
    const maxAbsError = Math.max(...this.checks.map((check) => check.maxAbsError));
    return { maxAbsError, bound, worstFraction, top1Agrees: this.checks.every((check) => check.top1.agrees) };
  }

  #blockSize(): BlockSize {
    const { inferenceMs } = this;
    const { blockMs, settle } = this.#protocol;
    return {
      inferences: inferencesPerBlock(inferenceMs, blockMs),
      settle: settle && inferenceMs < blockMs ? 1 : 0,
    };
  }

  async #twice(work: () => Promise<void>): Promise<void> {
    if (this.failure) return;
    const failure = await this.#guard(work);
    if (!failure || !RETRIED.has(failure.status) || this.#signal?.aborted) return;
    this.failure = undefined;
    this.retries++;
    await this.#guard(work);
  }

  async #start(): Promise<void> {
    const { id, from, on } = this.cell;
    this.#runner = await on.open(purposeOf(id, from, this.#protocol.rounds), this.#signal);
  }

  async #load(source: InputSource): Promise<void> {
    if (this.#isLoaded) return;
    const { backend, network, from } = this.cell;
    if (!this.#runner) await this.#start();
    const opened = await this.#ask("open", {
      backend,
      ...moduleOf(from),
      options: this.cell.options,
      model: namedModel(network),
      source,
    });
    this.actual = opened.actual;
    this.#check(opened.logits);
    this.coldStarts.push(opened.coldStart);
    this.#isLoaded = true;
  }

  async #warmUp(): Promise<void> {
    const { warmUp, blockMs } = this.#protocol;
    const { worst, ...warmedUp } = await this.#ask("warmUp", { warmUp, blockMs, expected: this.#expected });
    this.#checkOutput(worst);
    this.warmUps.push(warmedUp);
  }

  /** Of the input as it is. */
  #check(logits: Float32Array): void {
    this.#judge(0, logits, "");
  }

  /** Of all timed outputs, the one that the runner holds to be the worst; here it is judged. */
  #checkOutput({ inference, image, logits, repeated, touched }: TimedOutput): void {
    const which = `Inference ${inference} of the process: `;
    if (touched)
      throw new CellFailed(
        wrongAnswer(this.cell, `${which}the array of logits changed after it was returned.`),
      );
    this.#judge(image, logits, which);
    if (repeated)
      throw new CellFailed(
        wrongAnswer(this.cell, `${which}the logits are those of the one before, which had another input.`),
      );
  }

  #judge(image: number, logits: Float32Array, which: string): void {
    const expected = this.#expected[image];
    if (!expected) throw new CellFailed({ status: "infra", reason: "The runner told of no such image." });
    const check = checkLogits(logits, expected);
    this.checks.push(check);
    if (!check.ok)
      throw new CellFailed(
        wrongAnswer(this.cell, which + (check.reason ?? "The logits differ from the reference.")),
      );
  }

  async #ask<N extends JobName>(job: N, details: Jobs[N]["request"]): Promise<Jobs[N]["reply"]> {
    if (!this.#runner) throw new CellFailed({ status: "infra", reason: "The process is gone." });
    const { open, block } = this.#protocol.deadlineMs;
    const reply = await this.#runner.request(job, details, job === "open" ? open : block);
    if (reply.ok) return reply.value;
    throw new CellFailed(failureOfReply(reply.failure));
  }

  /** Turns whatever goes wrong into the cell's failure: one cell never stops the others. */
  async #guard(work: () => Promise<void>): Promise<Failure | undefined> {
    if (this.failure) return this.failure;
    try {
      await work();
    } catch (error) {
      this.failure = toFailure(error);
      await this.kill();
    }
    return this.failure;
  }
}

function wrongAnswer({ id }: PlannedCell, reason: string): Failure {
  return { status: "mismatch", reason, remedy: `Run mnb check ${id} to see the first wrong layer.` };
}
