import type { PlannedCell } from "../plan/cell.ts";
import { whyCellTooLarge } from "../run/too-large.ts";
import { askAhead, whyUnavailable } from "../run/why-unavailable.ts";
import { nominalCost, type CellCost } from "./cell-cost.ts";
import type { KnownCosts } from "./known-costs.ts";

/** A cell that can be tried here. */
export interface Appraised {
  readonly cell: PlannedCell;
  readonly cost: CellCost;
  /** Whether a processor will play the part of the GPU. */
  readonly software: boolean;
}

/**
 * What each cell will take, of those that can be had: what it took before on this machine, else what it takes elsewhere.
 * @param softwareGpus whether cells are measured whose GPU is a processor
 */
export async function appraise(
  cells: readonly PlannedCell[],
  known: KnownCosts,
  { softwareGpus, signal }: { readonly softwareGpus: boolean; readonly signal?: AbortSignal },
): Promise<Appraised[]> {
  await askAhead(cells, signal);
  const appraised: Appraised[] = [];
  for (const cell of cells) {
    const without = { softwareGpus: false, ...(signal && { signal }) };
    const onHardware = (await whyUnavailable(cell, without)) === undefined;
    const possible =
      onHardware || (softwareGpus && !(await whyUnavailable(cell, { ...without, softwareGpus })));
    if (!possible || whyCellTooLarge(cell)) continue;
    appraised.push({ cell, cost: known.of(cell) ?? nominalCost(cell), software: !onHardware });
  }
  return appraised;
}
