import { fastest, percent, significant, type Environment } from "@mobilenet-bench/results";
import type { Peak } from "./peak.ts";

type PeakFacts = Required<Pick<Environment, "peak" | "peakCheck">>;
type Rates = Readonly<Record<string, number>>;

/**
 * How far the denominator's two peaks may be apart. A processor's clock drifts by 1 to 2 % between minutes (standard
 * deviation, on a quiet virtual machine), so two takes differ by more than a tenth only where something else was at work.
 */
const TOLERANCE = 0.1;

/** The available ones by style. */
export function ratesOf(peaks: readonly Peak[]): Record<string, number> {
  return Object.fromEntries(peaks.flatMap((peak) => (peak.available ? [[peak.style, peak.gmacs]] : [])));
}

/** Why the others are not. */
function missingOf(peaks: readonly Peak[]): Record<string, string> {
  return Object.fromEntries(peaks.flatMap((peak) => (peak.available ? [] : [[peak.style, peak.reason]])));
}

/**
 * What a run records of peaks that were taken before its cells and after them: the best of both, since whatever else runs
 * only ever slows down, and the fastest style as the denominator, where its two takes agree.
 * @param after none where the run was interrupted
 */
export function comparePeaks(before: Rates, after: readonly Peak[] | undefined): PeakFacts {
  const rates = ratesOf(after ?? []);
  const peak: Record<string, number> = { ...before };
  for (const [style, rate] of Object.entries(rates)) peak[style] = Math.max(rate, peak[style] ?? 0);
  const denominator = after
    ? agree(before, rates, peak)
    : { refused: "The run was interrupted before the peaks were measured again." };
  return { peak, peakCheck: { before, after: rates, missing: missingOf(after ?? []), denominator } };
}

function agree(before: Rates, after: Rates, best: Rates): PeakFacts["peakCheck"]["denominator"] {
  const style = fastest(best);
  if (style === undefined) return { refused: "No peak could be measured; mnb peak says why." };
  const [first, second] = [before[style], after[style]];
  if (first === undefined || second === undefined)
    return {
      refused: `The peak of ${style} could be measured only ${first === undefined ? "after" : "before"} the cells. Run mnb peak.`,
    };
  if (Math.min(first, second) < (1 - TOLERANCE) * Math.max(first, second))
    return {
      refused: `${style} reached ${significant(first)} × 1e9 ma/s before the cells and ${significant(second)} after them, more than ${percent(TOLERANCE)} apart. Measure again on a quieter machine.`,
    };
  return { style };
}
