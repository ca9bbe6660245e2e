import type { Pair, PairedComparison, PairProtocol } from "@mobilenet-bench/results";
import { comparePairs } from "./compare-pairs.ts";
import { PAIR_PROTOCOL } from "./pair-protocol.ts";
import type { PreparedPairing } from "./pairing.ts";
import { recordPair } from "./record-pair.ts";

/** How a comparison is recorded. */
export interface ComparisonOptions {
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly protocol?: PairProtocol;
  /** Pairs of this comparison that were recorded before an interruption, in order. */
  readonly recorded?: readonly Pair[];
  /** Called with each new pair before the next one begins: whoever keeps pairs has kept it when this resolves. */
  readonly onPair?: (pair: Pair, comparison: PairedComparison) => Promise<void> | void;
  readonly record?: typeof recordPair;
}

/**
 * Records pairs until the rule decides: after its first look at the earliest, at its last at the latest.
 * @throws PairFailed where a side fails: then there is no verdict
 * @throws the signal's reason where it ends the comparison
 */
export async function compareCells(
  pairing: PreparedPairing,
  options: ComparisonOptions,
): Promise<PairedComparison> {
  const { seed, signal, protocol = PAIR_PROTOCOL, recorded = [], onPair, record = recordPair } = options;
  const pairs = [...recorded];
  for (;;) {
    const comparison = pairs.length > 0 ? comparePairs(pairs, protocol) : undefined;
    if (comparison?.final) return comparison;
    const pair = pairs.length;
    pairs.push(await record(pairing, { pair, seed, protocol, signal, tryUnseen: pair === 0 }));
    const [last] = pairs.slice(-1);
    if (last) await onPair?.(last, comparePairs(pairs, protocol));
  }
}
