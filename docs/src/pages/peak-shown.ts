import { axisValue } from "@mobilenet-bench/results";
import type { Latest } from "../data/latest.ts";
import type { SiteCell } from "../data/site-cell.ts";

/**
 * The machine's peak as far as it limits what is shown: at the most threads that a shown cell computes on. It is the
 * processor's: where only devices compute, there is none.
 */
export function peakShown({ machine: { peak } }: Latest, shown: readonly SiteCell[]) {
  if (peak === undefined) return undefined;
  const limited = shown.filter(({ ofPeak }) => ofPeak !== undefined);
  if (limited.length === 0) return undefined;
  const threads = Math.max(
    ...limited.map(({ ofPeak, options }) => ofPeak?.threads ?? Number(axisValue(options, "threads"))),
  );
  return { ...peak, threads };
}
