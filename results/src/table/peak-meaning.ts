import { denominatorOf, type Peaks } from "../of-peak.ts";
import { significant } from "./format.ts";

/** What "of peak" is of, on this run's machine: the style, and whether it stands in for native code. */
export function peakMeaning(peaks: Peaks): string {
  const { peak = {}, peakCheck } = peaks;
  if (peakCheck && "refused" in peakCheck.denominator) return `not told: ${peakCheck.denominator.refused}`;
  const denominator = denominatorOf(peaks);
  if (!denominator) return "not told: no peak was measured.";
  const { style, gmacs } = denominator;
  const hasNative = Object.keys(peak).some(isNative);
  const why = Object.entries(peakCheck?.missing ?? {}).find(([name]) => isNative(name))?.[1];
  const standIn = hasNative ? "" : `, for want of a native peak${why === undefined ? "" : `: ${why}`}`;
  return `share of ${significant(gmacs)} per thread (${style}${standIn})`;
}

function isNative(style: string): boolean {
  return style.startsWith("native-");
}
