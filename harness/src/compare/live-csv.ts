import type { Comparison } from "@mobilenet-bench/results";
import { csvRecords } from "@mobilenet-bench/results/harmless";

/** A row for each cell: ratios of both jobs with their intervals, or why there are none. */
export function renderLiveCsv({ cells }: Comparison): string {
  return csvRecords(
    [
      "cell",
      "outcome",
      "ratio",
      "low",
      "high",
      "pairs",
      "q",
      "second_ratio",
      "second_low",
      "second_high",
      "second_pairs",
      "side",
      "reason",
    ],
    cells.map((cell) => {
      if (cell.status !== "compared")
        return { cell: cell.id, outcome: cell.status, side: cell.side, reason: cell.reason };
      const { id, outcome, first, second, q } = cell;
      return {
        cell: id,
        outcome,
        ratio: first.ratio,
        low: first.interval?.[0],
        high: first.interval?.[1],
        pairs: first.pairs,
        q,
        second_ratio: second?.ratio,
        second_low: second?.interval?.[0],
        second_high: second?.interval?.[1],
        second_pairs: second?.pairs,
      };
    }),
  );
}
