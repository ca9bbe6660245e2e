import { WriteError } from "@mobilenet-bench/files";
import type { Pair, PairedComparison, UncomparedCell } from "@mobilenet-bench/results";
import { asksForConfirmation, differencesInActual } from "@mobilenet-bench/results";
import type { InputSource } from "@mobilenet-bench/runner";
import type { Model } from "@mobilenet-bench/spec";
import { compareCells } from "../pair/compare-cells.ts";
import { comparePairs } from "../pair/compare-pairs.ts";
import { PairFailed, preparePairing, type Pairing, type PreparedPairing } from "../pair/pairing.ts";
import type { recordPair } from "../pair/record-pair.ts";
import { computeExpected } from "../run/expected.ts";
import { sourceOf, type Given } from "../run/given.ts";
import { toFailure } from "../target/failure.ts";
import type { LiveJournal } from "./live-journal.ts";
import { kernelsOf } from "./kernels-of.ts";
import { recordLayers } from "./record-layers.ts";

/** The first job of a cell, or the independent one that confirms it. */
export type Job = 1 | 2;

/** What is compared, and who is told. */
export interface LiveOptions {
  readonly journal: LiveJournal;
  /** In the order of the journal's cells; those of another order or number are not of this comparison. */
  readonly pairings: readonly Pairing[];
  /** In place of what the seed generates. */
  readonly given?: Given;
  readonly signal: AbortSignal;
  readonly onPair?: (cell: string, comparison: PairedComparison) => void;
  readonly onVerdict?: (cell: string, job: Job, comparison: PairedComparison) => void;
  readonly onFailed?: (cell: UncomparedCell) => void;
  readonly record?: typeof recordPair;
  readonly recordLayers?: typeof recordLayers;
  readonly expect?: typeof computeExpected;
}

/** So many that an interval exists for each of thirty layers. */
export const LAYER_PAIRS = 16;
/** Far apart, and the same each time: seeds of comparisons are small numbers. */
const SECOND_SEED = 1_000_003;

/**
 * Compares cell by cell, first all of them; then those again that seem to have changed, by other processes in another
 * order; then the layers of those that have. All of it is written into the journal, and what stands there already is not
 * measured again.
 * @throws WriteError where the journal cannot be written
 */
export async function compareLive(options: LiveOptions): Promise<void> {
  const { journal, signal, pairings } = options;
  const lines = await journal.lines();
  const failed = new Set(lines.flatMap((line) => (line.kind === "failed" ? [line.cell.id] : [])));
  const references = referencesOf(options);
  const pairsOf = (cell: string, job: Job): Pair[] =>
    lines.flatMap((line) =>
      line.kind === "pair" && line.cell === cell && line.job === job ? [line.record] : [],
    );

  const attempt = async (pairing: Pairing, work: (prepared: PreparedPairing) => Promise<void>) => {
    const { id } = pairing.base;
    if (signal.aborted || failed.has(id)) return;
    try {
      await work(await references(pairing));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof WriteError) throw error;
      failed.add(id);
      const { status, reason, remedy } = toFailure(error);
      const side = error instanceof PairFailed ? error.side : "both";
      const cell: UncomparedCell = { id, status, side, reason, ...(remedy !== undefined && { remedy }) };
      await journal.append({ kind: "failed", cell });
      options.onFailed?.(cell);
    }
  };

  const compare = (pairing: Pairing, job: Job) => async (prepared: PreparedPairing) => {
    const { id } = pairing.base;
    const recorded = pairsOf(id, job);
    const comparison = await compareCells(prepared, {
      seed: journal.start.seed + (job - 1) * SECOND_SEED,
      signal,
      protocol: journal.start.protocol,
      recorded,
      ...(options.record && { record: options.record }),
      onPair: async (record, soFar) => {
        await journal.append({ kind: "pair", cell: id, job, record });
        options.onPair?.(id, soFar);
      },
    });
    options.onVerdict?.(id, job, comparison);
    verdicts.set(`${job} ${id}`, comparison);
  };

  const verdicts = new Map<string, PairedComparison>();
  for (const pairing of pairings) await attempt(pairing, compare(pairing, 1));
  const changed = pairings.filter(({ base }) => {
    const first = verdicts.get(`1 ${base.id}`);
    return first !== undefined && asksForConfirmation(first);
  });
  for (const pairing of changed) await attempt(pairing, compare(pairing, 2));
  for (const pairing of changed) {
    const { id } = pairing.base;
    if (verdicts.get(`1 ${id}`)?.verdict === verdicts.get(`2 ${id}`)?.verdict)
      await attempt(pairing, (prepared) => compareLayers(prepared, id, lines, options));
  }
}

async function compareLayers(
  prepared: PreparedPairing,
  id: string,
  lines: Awaited<ReturnType<LiveJournal["lines"]>>,
  { journal, signal, recordLayers: record = recordLayers }: LiveOptions,
): Promise<void> {
  const { seed, protocol } = journal.start;
  const recorded = lines.filter((line) => line.kind === "layers" && line.cell === id).length;
  for (let pair = recorded; pair < LAYER_PAIRS; pair++) {
    const layers = await record(prepared, { pair, seed, protocol, signal });
    if (!layers) return;
    const { base, candidate } = layers.actual;
    if (pair === 0)
      await journal.append({
        kind: "actual",
        cell: id,
        kernels: { base: kernelsOf(base), candidate: kernelsOf(candidate) },
        differs: differencesInActual(base, candidate),
      });
    await journal.append({ kind: "layers", cell: id, record: layers.record });
  }
}

/** What outputs must be, computed once for all cells of a model in one precision. */
function referencesOf({ journal, signal, given = {}, expect = computeExpected }: LiveOptions) {
  const sources = new Map<string, Promise<InputSource>>();
  const expected = new Map<string, ReturnType<typeof computeExpected>>();
  const remembering: typeof computeExpected = (model, source, precision, ending) => {
    const key = `${model.name} ${JSON.stringify(precision)}`;
    const known = expected.get(key) ?? expect(model, source, precision, ending);
    expected.set(key, known);
    return known;
  };
  const sourceFor = (network: Model) => {
    const known = sources.get(network.name) ?? sourceOf(network, journal.start.seed, given);
    sources.set(network.name, known);
    return known;
  };
  return async (pairing: Pairing): Promise<PreparedPairing> =>
    preparePairing(pairing, await sourceFor(pairing.base.network), { expect: remembering, signal });
}

/** What the recorded pairs of a job amount to; undefined where more are to come. */
export function verdictOf(pairs: readonly Pair[], protocol: LiveJournal["start"]["protocol"]) {
  if (pairs.length === 0) return undefined;
  const comparison = comparePairs(pairs, protocol);
  return comparison.final ? comparison : undefined;
}
