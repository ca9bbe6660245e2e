import { markdownTable } from "markdown-table";
import { markdownText } from "@mobilenet-bench/results/harmless";
import {
  headOf,
  legendOf,
  RIGHT_VALUES,
  rowsOf,
  VALUE_TITLES,
  type CoverageReport,
} from "./coverage-report.ts";

/** The report as Markdown. */
export function renderCoverageMarkdown(report: CoverageReport): string {
  const [title = "", ...head] = headOf(report);
  const rows = rowsOf(report).map(({ interval, cell = "all cells", values }) => [
    interval,
    markdownText(cell),
    ...values,
  ]);
  const columns = ["interval", "cell", ...VALUE_TITLES.map((text) => text.replace("\n", " "))];
  return [
    `# ${markdownText(title)}`,
    head.map(markdownText).join("  \n"),
    markdownTable([columns, ...rows, ["right", "", ...RIGHT_VALUES]], {
      align: ["l", "l", "r", "r", "r", "r"],
    }),
    legendOf()
      .map((line) => `- ${line}`)
      .join("\n"),
  ].join("\n\n");
}
