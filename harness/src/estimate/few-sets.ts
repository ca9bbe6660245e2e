import { significant } from "@mobilenet-bench/results";
import type { SlowCells } from "../plan/suites.ts";
import type { FewSetsOf } from "../run/sets-of.ts";
import type { Appraised } from "./appraise.ts";

/** What decides it. */
type Judged = Pick<Appraised, "cost" | "software"> & { readonly cell: Pick<Appraised["cell"], "id"> };

/**
 * The cells of a suite that are left to histories, with fewer sets: what computes on a processor in a GPU's place, and what
 * takes long. Pairs of them would take minutes each.
 * @param slow nothing where the suite measures all alike
 */
export function fewSetsOf(appraised: readonly Judged[], slow: SlowCells | undefined): FewSetsOf {
  if (!slow) return {};
  return Object.fromEntries(
    appraised.flatMap(({ cell, cost, software }) => {
      const reason = software
        ? "a processor plays the part of the GPU"
        : cost.inferenceMs > slow.aboveMs
          ? `an inference takes about ${significant(cost.inferenceMs, 2)} ms`
          : undefined;
      return reason === undefined ? [] : [[cell.id, { sets: slow.sets, reason }] as const];
    }),
  );
}
