import type { PairedComparison } from "@mobilenet-bench/results";
import { RunnerDied } from "@mobilenet-bench/runner";
import { compareCells } from "../pair/compare-cells.ts";
import { PAIR_PROTOCOL } from "../pair/pair-protocol.ts";
import { preparePairing } from "../pair/pairing.ts";
import type { recordPair } from "../pair/record-pair.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { CellFailed, toFailure, type Failure } from "../target/failure.ts";
import { openedWith } from "../target/opened-with.ts";
import type { Target } from "../target/target.ts";

/** What is looked at without other words: native code feels most what lies between inferences, small networks above all. */
export const DEFAULT_CELLS = ["mobilenet_v1_0.25_128", "mobilenet_v1_0.5_160"].flatMap((model) =>
  ["ts/node", "wasm/node", "ort-node/node"].map((backend) => `${model}/${backend}`),
);

/** As for any comparison; only that what is measured with shall cost less than what it finds. */
const PROTOCOL = { ...PAIR_PROTOCOL, margin: 0.01 };

/** What measuring adds to a cell's latency, or why that could not be told. */
export type Overhead =
  | { readonly cell: string; readonly comparison: PairedComparison }
  | { readonly cell: string; readonly failure: Failure };

interface OverheadOptions {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Called once for each side: in browsers each side has one of its own. */
  readonly targets: () => Readonly<Record<string, Target>>;
  readonly onPair: (cell: string, soFar: PairedComparison) => void;
  readonly record?: typeof recordPair;
}

/**
 * Compares each cell as it is measured with the same cell in a bare loop around its session, in pairs of fresh processes.
 * @returns of each cell that was compared before the signal, in order
 */
export async function measureOverhead(
  cells: readonly PlannedCell[],
  { seed, signal, targets, onPair, record }: OverheadOptions,
): Promise<Overhead[]> {
  const [ofBase, ofCandidate] = [targets(), targets()];
  const all: Overhead[] = [];
  for (const planned of cells) {
    const { id: cell } = planned;
    try {
      const base = { ...planned, on: openedWith(targetIn(ofBase, planned), { bareLoop: true }) };
      const candidate = { ...planned, on: targetIn(ofCandidate, planned) };
      const comparison = await compareCells(await preparePairing({ base, candidate }, { seed }, { signal }), {
        seed,
        signal,
        protocol: PROTOCOL,
        onPair: (_, soFar) => onPair(cell, soFar),
        ...(record && { record }),
      });
      all.push({ cell, comparison });
    } catch (error) {
      if (signal.aborted) return all;
      if (!(error instanceof CellFailed || error instanceof RunnerDied)) throw error;
      all.push({ cell, failure: toFailure(error) });
    }
  }
  return all;
}

/** That of a side. */
function targetIn(targets: Readonly<Record<string, Target>>, { on }: PlannedCell): Target {
  return targets[on.id] ?? on;
}
