import { inferCells } from "../classify/infer-cells.ts";
import type { Inferred } from "../classify/infer-cell.ts";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import type { WeightsFile } from "../run/given.ts";
import { exitAfter } from "./exit-after.ts";
import { targetsOf, toFilters, type FilterOptions, type StrictOption } from "./options.ts";
import { startProgress } from "./progress.ts";

/** Infers every input on every cell that the options choose, and shows progress. Sets the exit status. */
export async function inferWithProgress(
  weights: WeightsFile,
  inputs: readonly Float32Array[],
  options: FilterOptions & BrowserFlags & StrictOption,
) {
  const { filters, known } = await resolveNames(toFilters([], options), targetsOf(options));
  const { cells, demands } = await makePlan(filters, known, weights.model);
  const progress = startProgress((cells.length + 1) * inputs.length);
  try {
    const inferred = await inferCells(cells, {
      weights,
      inputs,
      onDone: (what, count) => progress.step(what, count),
      onCell: ({ cell, status }) => progress.log(`${cell.id}  ${status}`),
    });
    const ended = inferred.results.map(({ cell, ...result }) => ({ id: cell.id, ...result }));
    exitAfter(ended, demands, options.strict);
    return inferred;
  } finally {
    progress.stop();
  }
}

/** A line for each cell without an answer. */
export function renderFailures(results: readonly Inferred[]): string[] {
  return results.flatMap((result) =>
    result.status === "ok"
      ? []
      : [terminalLine(`! ${result.cell.id}: ${result.status}. ${result.reason} ${result.remedy ?? ""}`)],
  );
}
