import { availableParallelism } from "node:os";
import type { Protocol } from "@mobilenet-bench/results";
import { machineId } from "../environment/environment.ts";
import type { Plan } from "../plan/plan.ts";
import { measuresSoftwareGpus, slowCellsOf } from "../plan/suites.ts";
import type { FewSetsOf } from "../run/sets-of.ts";
import { appraise } from "./appraise.ts";
import { estimateCells } from "./estimate-cells.ts";
import { fewSetsOf } from "./few-sets.ts";
import { knownCosts } from "./known-costs.ts";

/** What is known of a run before it begins. */
export interface Prepared {
  readonly few: FewSetsOf;
  /** Wall time of all cells, in milliseconds. */
  readonly cellsMs: number;
  /** Of all besides: peaks, and questions to backends. */
  readonly besidesMs: number;
}

/** Peaks before the cells and after them, where no earlier run tells. */
const PEAKS_MS = 25_000;
const OTHER_MS = 5_000;

/**
 * Estimates what a plan takes, and decides which of its cells are measured in fewer sets.
 * @param folders of earlier runs
 */
export async function prepareRun(
  plan: Plan,
  protocol: Protocol,
  {
    folders,
    peaks,
    signal,
  }: { readonly folders: readonly string[]; readonly peaks: boolean; readonly signal?: AbortSignal },
): Promise<Prepared> {
  const known = await knownCosts(folders, await machineId(), protocol);
  const softwareGpus = measuresSoftwareGpus(plan.suite);
  const appraised = await appraise(plan.cells, known, { softwareGpus, ...(signal && { signal }) });
  const slow = slowCellsOf(plan.suite);
  // Where the protocol has as few sets for all, none is left to its history.
  const few = fewSetsOf(appraised, slow && slow.sets < protocol.sets ? slow : undefined);
  const estimate = estimateCells(appraised, { protocol, few, cores: availableParallelism() });
  return {
    few,
    cellsMs: Math.round(estimate * known.pace),
    besidesMs: peaks ? (known.besidesMs ?? PEAKS_MS + OTHER_MS) : OTHER_MS,
  };
}
