import { abovePeak, percent, type Cell, type Peaks } from "@mobilenet-bench/results";

/** A line for each cell above what its machine can reach: a fault of the figure or of the peak, never a result. */
export function impossibleFigures(cells: readonly Cell[], peaks: Peaks): string[] {
  return abovePeak(cells, peaks).map(
    ({ id, fraction, style }) =>
      `${id} is at ${percent(fraction)} of what ${style} can reach on this machine: the figure or the peak is wrong. ` +
      "Measure again on a quiet machine; if it comes back, report it with the run file.",
  );
}
