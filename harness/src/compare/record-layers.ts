import type { Actual } from "@mobilenet-bench/backend";
import type { LayerPair, PairProtocol, Side } from "@mobilenet-bench/results";
import { inferencesPerBlock } from "@mobilenet-bench/runner";
import { median } from "simple-statistics";
import { cellProtocol, roundsOf } from "../pair/pair-protocol.ts";
import { PairFailed, SIDES, type PreparedPairing } from "../pair/pairing.ts";
import { pin } from "../pair/pinning.ts";
import { CellRun } from "../run/cell-run.ts";
import { randomOf } from "../run/shuffled.ts";

/** Which pair, and how. */
interface LayerPairOptions {
  readonly pair: number;
  readonly seed: number;
  readonly protocol: PairProtocol;
  readonly signal: AbortSignal;
}

/** A recorded pair, and what each side says that it ran. */
export interface RecordedLayers {
  readonly record: LayerPair;
  readonly actual: Readonly<Record<Side, Actual>>;
}

/** Of a block, beside the first inference, which does not count. */
const MOST_INFERENCES = 8;

/**
 * Times the layers of two fresh runners that are alive together, in turns, as pairs are recorded.
 * @returns undefined where one of the sides cannot time its layers
 * @throws PairFailed where a side fails
 */
export async function recordLayers(
  pairing: PreparedPairing,
  { pair, seed, protocol, signal }: LayerPairOptions,
): Promise<RecordedLayers | undefined> {
  const random = randomOf(seed, `layers of pair ${pair} of ${pairing.base.id}`);
  const draw = () => (random() < 0.5 ? SIDES : SIDES.toReversed());
  const startOrder = draw();
  const first = draw();
  const asked = cellProtocol(protocol);
  const runs = {
    base: new CellRun(pairing.base, pairing.expected.base, asked, signal),
    candidate: new CellRun(pairing.candidate, pairing.expected.candidate, asked, signal),
  };
  const kill = () => Promise.all(SIDES.map((side) => runs[side].kill()));
  const abort = () => void kill();
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.all(startOrder.map((side) => runs[side].load(pairing.source)));
    refuseFailed(runs, signal);
    if ("cores" in pairing.pinning) {
      const { cores } = pairing.pinning;
      await pin(
        SIDES.flatMap((side) => runs[side].processes),
        cores[pair % cores.length] ?? cores[0],
      );
    }
    for (const side of startOrder) await runs[side].warmUp();
    refuseFailed(runs, signal);
    const times = { base: new Map<string, number[]>(), candidate: new Map<string, number[]>() };
    const rounds = roundsOf(protocol, Math.max(...SIDES.map((side) => runs[side].inferenceMs)));
    for (let round = 0; round < rounds; round++)
      for (const side of round % 2 === 0 ? first : first.toReversed()) {
        const block = await timeBlock(runs[side], protocol.blockMs);
        refuseFailed(runs, signal);
        if (!block) return undefined;
        for (const [name, ms] of block) times[side].set(name, [...(times[side].get(name) ?? []), ms]);
      }
    const { base, candidate } = runs;
    for (const run of [base, candidate]) await run.close({ last: false, profile: false });
    refuseFailed(runs, signal);
    if (!base.actual || !candidate.actual) return undefined;
    return {
      record: { pair, base: [...times.base], candidate: [...times.candidate] },
      actual: { base: base.actual, candidate: candidate.actual },
    };
  } finally {
    signal.removeEventListener("abort", abort);
    await kill();
  }
}

/** Medians over inferences that fill a block, by layer, without the first one; nothing where layers cannot be timed. */
async function timeBlock(run: CellRun, blockMs: number): Promise<Map<string, number> | undefined> {
  const inferences = Math.min(MOST_INFERENCES, inferencesPerBlock(run.inferenceMs, blockMs));
  await run.timeLayers();
  const samples = new Map<string, number[]>();
  for (let i = 0; i < inferences; i++) {
    const layers = await run.timeLayers();
    if (!layers) return undefined;
    for (const [name, ms] of layers) samples.set(name, [...(samples.get(name) ?? []), ms]);
  }
  return new Map(Array.from(samples, ([name, ms]) => [name, median(ms)]));
}

function refuseFailed(runs: Readonly<Record<Side, CellRun>>, signal: AbortSignal): void {
  signal.throwIfAborted();
  for (const side of SIDES) {
    const { failure } = runs[side];
    if (failure) throw new PairFailed(side, failure);
  }
}
