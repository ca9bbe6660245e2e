import { legendOf, marksOf, ofPeak } from "@mobilenet-bench/results";
import { jsonText } from "@mobilenet-bench/results/harmless";
import { FLAT, layoutFor } from "./layouts.ts";
import type { Report } from "./report.ts";

/** The run as its file has it, in the schema of run files, with what tables derive from it in `derived`. */
export function renderJson(report: Report): string {
  const { run, cells, fits, peaks } = report;
  const shown = new Set(cells);
  return jsonText({
    ...run,
    cells: run.cells
      .filter((cell) => shown.has(cell))
      .map((cell) => {
        if (cell.status !== "ok") return cell;
        const ratio = report.ratios.get(cell.id);
        const rank = report.ranks.get(cell.id);
        const share = ofPeak(cell, peaks);
        const clocked = report.clocked.get(cell.id);
        const another = report.another.get(cell.id);
        const derived = {
          ...(ratio && { ratio }),
          ...(rank && { rank }),
          ...(share && { ofPeak: share }),
          ...(clocked && { atReferenceClock: clocked }),
          ...(another && { anotherRun: another }),
          marks: marksOf(cell, peaks).map(({ word }) => word),
        };
        return { ...cell, derived };
      }),
    derived: {
      legend: Object.fromEntries(
        legendOf(report, layoutFor(FLAT, report).columns, ({ word }) => word).map(({ term, meaning }) => [
          term,
          meaning,
        ]),
      ),
      lines: fits,
    },
  });
}
