import { rowId } from "@mobilenet-bench/results";
import type { PlannedCell } from "../plan/cell.ts";
import { sourceOf, type Given } from "../run/given.ts";
import { isChecked, checkCell, type Verdict } from "./check-cell.ts";
import { askAhead } from "../run/why-unavailable.ts";
import type { Judged } from "./failures.ts";
import { figuresOf } from "./figures.ts";
import { excesses, type Observation, type Ratchet } from "./ratchet.ts";
import { reproduce, type CheckInputs } from "./reproduce.ts";

/** The two images that are inferred one by one anyway, together where the backend can. */
const BATCH = 2;

/** The cells to check, what they compute on, and who is told. */
export interface CheckCellsOptions {
  readonly cells: readonly PlannedCell[];
  /** Cells that are checked at the same time. */
  readonly jobs: number;
  /** As the caller gave them, and what was read from the files among them. */
  readonly inputs: CheckInputs;
  readonly given: Given;
  /** Absent where the input is not the one that it holds for. */
  readonly ratchet?: Ratchet;
  readonly signal: AbortSignal;
  readonly onVerdict: (verdict: Judged) => void;
}

/** Some cells at a time, whatever becomes of any: nothing is timed. Those that are finished where the signal ends it. */
export async function checkCells(options: CheckCellsOptions): Promise<Judged[]> {
  const { cells, jobs, inputs, given, ratchet, signal, onVerdict } = options;
  const verdicts = new Map<number, Judged>();
  await askAhead(cells, signal);
  const waiting = cells.entries();
  const work = async () => {
    // All workers draw from one line.
    for (const [index, cell] of waiting) {
      if (signal.aborted) return;
      const source = await sourceOf(cell.network, inputs.seed, given);
      const verdict = await checkCell(cell, source, {
        signal,
        otherProcess: true,
        batch: BATCH,
      });
      // Its process was ended in the middle of it.
      if (signal.aborted) return;
      const judged = judge(verdict, ratchet, inputs);
      verdicts.set(index, judged);
      onVerdict(judged);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return [...verdicts].toSorted(([a], [b]) => a - b).map(([, verdict]) => verdict);
}

/** Within bounds and yet much worse than ever before is wrong too. */
export function judge(verdict: Verdict, ratchet: Ratchet | undefined, inputs: CheckInputs): Judged {
  const command = reproduce(verdict.cell, inputs);
  if (!ratchet || !isChecked(verdict)) return { ...verdict, excesses: [], reproduce: command };
  const found = excesses(ratchet, rowId(verdict.cell), verdict.cell.model, figuresOf(verdict));
  const status = found.length > 0 ? "mismatch" : verdict.status;
  return { ...verdict, status, excesses: found, reproduce: command };
}

/** What the ratchet may be tightened with: cells that are in order. */
export function observationsOf(verdicts: readonly Judged[]): Observation[] {
  return verdicts
    .filter(isChecked)
    .filter(({ status }) => status === "ok")
    .map((verdict) => ({ row: rowId(verdict.cell), model: verdict.cell.model, figures: figuresOf(verdict) }));
}
