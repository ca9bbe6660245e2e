import { markdownTable } from "markdown-table";
import { percent, type Outcomes, type SeriesSummary } from "@mobilenet-bench/results";
import { markdownText } from "@mobilenet-bench/results/harmless";
import {
  boundsWords,
  countWords,
  headOf,
  legendOf,
  seriesName,
  shareWords,
  type CalibrationReport,
} from "./calibration-report.ts";

/** A chart beside the report. */
export interface ReportFigure {
  /** Of its file, in the folder of the report. */
  readonly file: string;
  readonly title: string;
}

/** The report as Markdown; its charts are files of their own. */
export function renderCalibrationMarkdown(
  report: CalibrationReport,
  figures: readonly ReportFigure[],
): string {
  const [title = "", ...head] = headOf(report);
  const columns = [
    "series",
    "pairs",
    "found, in time",
    "found, re-split (bounds of the re-splitting)",
    "verdicts, re-split: slower / same / unknown / faster",
    "beyond 2 % / 10 %",
    "median of pairs",
    "s per pair",
    "s per verdict: median / 95 %",
    "unpinned",
  ];
  return [
    `# ${markdownText(title)}`,
    head.map(markdownText).join("  \n"),
    markdownTable([columns, ...report.series.map(rowOf)], {
      align: ["l", ...columns.slice(1).map(() => "r")],
    }),
    ...figures.map(({ file, title }) => `![${markdownText(title)}](${file})`),
    legendOf(report)
      .map((line) => `- ${markdownText(line.trim())}`)
      .join("\n"),
  ].join("\n\n");
}

function rowOf(series: SeriesSummary): string[] {
  const { pairs, inTime, bySplit, beyond2, beyond10, median, secondsPerPair, unpinned } = series;
  return [
    markdownText(seriesName(series)),
    String(pairs),
    countWords(inTime.found),
    `${shareWords(bySplit.found)}${bySplit.comparisons > 0 ? ` (${boundsWords(bySplit.found.bounds)})` : ""}`,
    verdictWords(bySplit),
    beyond2 === null || beyond10 === null ? "" : `${percent(beyond2, 1)} / ${percent(beyond10, 1)}`,
    median === null ? "" : percent(median - 1, 2),
    secondsPerPair === null ? "" : secondsPerPair.toFixed(2),
    bySplit.seconds === null
      ? ""
      : `${bySplit.seconds.median.toFixed(0)} / ${bySplit.seconds.p95.toFixed(0)}`,
    String(unpinned),
  ];
}

function verdictWords({ comparisons, verdicts }: Outcomes): string {
  if (comparisons === 0) return "";
  const { slower, same, unknown, faster } = verdicts;
  return [slower, same, unknown, faster].map((count) => percent(count / comparisons, 1)).join(" / ");
}
