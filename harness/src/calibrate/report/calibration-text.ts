import { percent, type Outcomes, type Rate, type SeriesSummary } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { shortModelName } from "@mobilenet-bench/spec";
import { plainTable } from "../../report/table.ts";
import { headOf, legendOf, shareWords, slowDownName, type CalibrationReport } from "./calibration-report.ts";

/** The report for terminals of 80 columns. */
export function renderCalibrationText(report: CalibrationReport): string {
  const byCell = Map.groupBy(report.series, ({ cell }) => cell);
  const tables = [...byCell].map(
    ([cell, series]) => `${terminalLine(shortModelName(cell))}\n${tableOf(series)}`,
  );
  return [headOf(report).map(terminalLine).join("\n"), ...tables, legendOf(report).join("\n")].join("\n\n");
}

const HEAD = ["", "pairs", "found\nin time", "found\nre-split", "same", "beyond\n2/10 %", "median\noff", "s"];

function tableOf(series: readonly SeriesSummary[]): string {
  const table = plainTable(["left", "right", "right", "right", "right", "right", "right", "right"]);
  table.push(HEAD.map((content) => ({ content, vAlign: "bottom" as const })));
  for (const one of series) table.push(rowOf(one));
  return table.toString();
}

function rowOf(series: SeriesSummary): string[] {
  const { slowDown, pairs, inTime, bySplit, beyond2, beyond10, median, unpinned } = series;
  return [
    slowDownName(slowDown) + (unpinned > 0 ? " u" : ""),
    String(pairs),
    timeWords(inTime.found),
    shareWords(bySplit.found),
    sameWords(bySplit),
    beyond2 === null || beyond10 === null ? "" : `${(beyond2 * 100).toFixed(0)}/${percent(beyond10)}`,
    median === null ? "" : percent(median / (1 + slowDown) - 1, 2),
    bySplit.seconds === null ? "" : `${bySplit.seconds.median.toFixed(0)}/${bySplit.seconds.p95.toFixed(0)}`,
  ];
}

function sameWords({ verdicts, comparisons }: Outcomes): string {
  return comparisons === 0 ? "" : percent(verdicts.same / comparisons, 1);
}

/** Bounds are rounded to the outside: what is between whole numbers has no column. */
function timeWords({ count, of, bounds: [low, high] }: Rate): string {
  return of === 0 ? "none yet" : `${count}/${of} (${Math.floor(low * 100)}–${Math.ceil(high * 100)} %)`;
}
