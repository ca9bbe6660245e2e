import { loadavg } from "node:os";
import { setTimeout } from "node:timers/promises";
import { axisValue, type Pair, type PairProtocol, type Side } from "@mobilenet-bench/results";
import { inferencesPerBlock } from "@mobilenet-bench/runner";
import { watchBlock } from "../environment/state/watch.ts";
import { CellRun } from "../run/cell-run.ts";
import { randomOf } from "../run/shuffled.ts";
import { cellProtocol, roundsOf } from "./pair-protocol.ts";
import { PairFailed, SIDES, type PreparedPairing } from "./pairing.ts";
import { pin, type Pinning } from "./pinning.ts";

/** Which pair, and how. */
export interface PairOptions {
  /** Within its comparison: roles, orders and the core follow from it and the seed. */
  readonly pair: number;
  readonly seed: number;
  readonly protocol: PairProtocol;
  readonly signal: AbortSignal;
  /** Whether it is also asked if answers are remembered, which costs some inferences: once is enough. */
  readonly tryUnseen: boolean;
}

/** Of a block: what is asked for, and the first inference that does not count. */
const DROPPED = 1;
/** Digits of times that are kept: far more than they are good for. */
const DIGITS = 6;

/**
 * Records one pair: two fresh runners, loaded at once, then blocks in turns. Which of the two is started first, and
 * whose block comes first, is drawn, so that without a difference either direction is as likely as the other.
 * @throws PairFailed where a side fails, a wrong output above all: there is no figure without a passed check
 * @throws the signal's reason where it ends the pair
 */
export async function recordPair(pairing: PreparedPairing, options: PairOptions): Promise<Pair> {
  const { pair, seed, protocol, signal, tryUnseen } = options;
  const began = performance.now();
  const startedAt = new Date().toISOString();
  const load1 = loadavg()[0] ?? 0;
  const stateSince = watchBlock();
  const draw = drawer(seed, pairing, pair);
  const [startedFirst, beganWith] = [draw(), draw()];
  const runs = runsOf(pairing, protocol, signal);
  const inOrder = [runs[startedFirst], runs[other(startedFirst)]];
  const kill = () => Promise.all(inOrder.map((run) => run.kill()));
  const abort = () => void kill();
  signal.addEventListener("abort", abort, { once: true });
  const all = async (work: (run: CellRun) => Promise<void>) => {
    await Promise.all(inOrder.map(work));
    refuseFailed(runs, signal);
  };
  try {
    signal.throwIfAborted();
    await all((run) => run.load(pairing.source));
    const where = await pinTo(pairing.pinning, pair, inOrder);
    for (const run of inOrder) await run.warmUp();
    refuseFailed(runs, signal);
    const inferenceMs = Math.max(...inOrder.map(({ inferenceMs }) => inferenceMs));
    const pauseMs = hasThreads(pairing) ? protocol.threadsPauseMs : 0;
    const rounds = roundsOf(protocol, inferenceMs, pauseMs);
    for (let round = 0; round < rounds; round++)
      for (const side of orderOf(round % 2 === 0 ? beganWith : other(beganWith))) {
        if (pauseMs > 0) await setTimeout(pauseMs);
        await runs[side].measureBlock(0, round, blockSize(runs[side], protocol));
        refuseFailed(runs, signal);
      }
    await all((run) => run.close({ last: tryUnseen, profile: false }));
    const { steal } = stateSince();
    return {
      pair,
      startedAt,
      seconds: (performance.now() - began) / 1000,
      ...where,
      startedFirst,
      beganWith,
      baseMs: mediansOf(runs.base),
      candidateMs: mediansOf(runs.candidate),
      load1,
      steal,
    };
  } finally {
    signal.removeEventListener("abort", abort);
    await kill();
  }
}

function runsOf(
  { base, candidate, expected }: PreparedPairing,
  protocol: PairProtocol,
  signal: AbortSignal,
): Readonly<Record<Side, CellRun>> {
  const asked = cellProtocol(protocol);
  return {
    base: new CellRun(base, expected.base, asked, signal),
    candidate: new CellRun(candidate, expected.candidate, asked, signal),
  };
}

function drawer(seed: number, { base, candidate }: PreparedPairing, pair: number): () => Side {
  const random = randomOf(seed, `pair ${pair} of ${base.id} and ${candidate.id}`);
  return () => (random() < 0.5 ? "base" : "candidate");
}

function other(side: Side): Side {
  return side === "base" ? "candidate" : "base";
}

function orderOf(first: Side): readonly [Side, Side] {
  return [first, other(first)];
}

/** After loading, which is faster on all cores. */
async function pinTo(
  pinning: Pinning,
  pair: number,
  runs: readonly CellRun[],
): Promise<Pick<Pair, "core" | "unpinned">> {
  if (!("cores" in pinning)) return { core: null, ...pinning };
  const core = pinning.cores[pair % pinning.cores.length] ?? pinning.cores[0];
  const heads = runs.map(({ processes }) => processes);
  if (heads.some(({ length }) => length === 0))
    return { core: null, unpinned: "the processes of its runners are not known" };
  const why = await pin(heads.flat(), core);
  return why === undefined ? { core } : { core: null, unpinned: why };
}

function hasThreads({ base, candidate }: PreparedPairing): boolean {
  return [base, candidate].some(({ options }) => axisValue(options, "threads") !== 1);
}

/** As many as fill the time, the first one not counted but made: two at least. */
function blockSize(run: CellRun, { blockMs }: PairProtocol) {
  const inferences = inferencesPerBlock(run.inferenceMs, blockMs) - DROPPED;
  return { settle: DROPPED, inferences: Math.max(1, inferences) };
}

function mediansOf({ blocks }: CellRun): number[] {
  return blocks.map(({ medianMs }) => Number(medianMs.toPrecision(DIGITS)));
}

function refuseFailed(runs: Readonly<Record<Side, CellRun>>, signal: AbortSignal): void {
  // A kill on the way fails whatever was asked: that is nobody's fault.
  signal.throwIfAborted();
  for (const side of SIDES) {
    const { failure, blocks } = runs[side];
    if (failure) throw new PairFailed(side, failure);
    const excluded = blocks.find((block) => block.excluded !== undefined)?.excluded;
    if (excluded !== undefined)
      throw new PairFailed(side, { status: "infra", reason: `A block does not count: ${excluded}.` });
  }
}
