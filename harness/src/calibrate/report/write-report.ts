import { join } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import type { CalibrationReport } from "./calibration-report.ts";
import { renderCalibrationMarkdown, type ReportFigure } from "./calibration-markdown.ts";
import { drawDifferences } from "./differences-chart.ts";
import { drawFound } from "./found-chart.ts";

/** The charts, in the order of the report. */
const CHARTS = [
  { name: "found", title: "How often each slow-down was found", draw: drawFound },
  { name: "differences", title: "Every pair, by its number", draw: drawDifferences },
] as const;

/** The charts of a calibration, as files beside its report. */
export function figuresOf(id: string): ReportFigure[] {
  return CHARTS.map(({ name, title }) => ({ file: `${id}-${name}.svg`, title }));
}

/**
 * Writes the report as Markdown, and its charts beside it.
 * @returns the path of the report
 * @throws WriteError where it cannot be written
 */
export async function writeReport(folder: string, report: CalibrationReport): Promise<string> {
  const { id } = report.calibration.start;
  for (const { name, draw } of CHARTS)
    await writeWhole(join(folder, `${id}-${name}.svg`), await draw(report));
  const path = join(folder, `${id}.md`);
  await writeWhole(path, `${renderCalibrationMarkdown(report, figuresOf(id))}\n`);
  return path;
}
