import type { Peak } from "./peak.ts";
import { PEAK_STYLES } from "./styles.ts";
import { significant } from "@mobilenet-bench/results";
import { plainTable, trimLines } from "../report/table.ts";

/** What `mnb peak` prints. */
export function renderPeaks(peaks: readonly Peak[]): string {
  const table = plainTable(["left", "right", "left"]);
  table.push(["style", "1e9 ma/s", ""]);
  for (const peak of peaks) {
    const { summary } = PEAK_STYLES[peak.style];
    if (peak.available) table.push([peak.style, significant(peak.gmacs), summary]);
    else table.push([peak.style, "–", `${peak.fault ? "failed" : "unavailable"}: ${peak.reason}`]);
  }
  return trimLines(table.toString());
}
