import { basename } from "node:path";
import type { ReportedRun } from "@mobilenet-bench/docs/build";
import { findRun, readRun } from "@mobilenet-bench/results/store";
import { publishedFolder, runsFolder } from "../folders.ts";
import { chosenOnAxes, fitsAxes, type AxisFilters } from "../plan/axes.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { noCellFits } from "../plan/no-cell-fits.ts";

/**
 * The runs of these names, each once, with the cells that filters leave.
 * @throws UsageError where filters leave none of a run
 */
export async function reportedRuns(
  names: readonly string[],
  options: ChosenOptions & AxisFilters,
): Promise<ReportedRun[]> {
  const isChosen = chosenCells([], options);
  const onAxes = chosenOnAxes(options);
  const reported = new Map<string, ReportedRun>();
  for (const name of names) {
    const path = await findRun(name, [runsFolder(), publishedFolder()]);
    const run = await readRun(path);
    const cells = run.cells.filter((cell) => isChosen(cell) && fitsAxes(cell.options, onAxes));
    if (cells.length === 0) throw noCellFits(`run ${run.id}`, run.cells);
    const leftOut = run.cells.length - cells.length;
    reported.set(run.id, { run: { ...run, cells }, file: basename(path), leftOut });
  }
  return [...reported.values()];
}
