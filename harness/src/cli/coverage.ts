import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import type { Run } from "@mobilenet-bench/results";
import { findRun, readRun } from "@mobilenet-bench/results/store";
import { renderCoverageMarkdown } from "../interval-coverage/coverage-markdown.ts";
import { reportOfCoverage } from "../interval-coverage/coverage-report.ts";
import { renderCoverageText } from "../interval-coverage/coverage-text.ts";
import { publishedFolder, runsFolder } from "../folders.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { print, printJson } from "./output.ts";

const FORMATS = ["table", "markdown", "json"] as const;

export function coverageCommand(): Command {
  return addFormats(new Command("coverage"), FORMATS)
    .description(
      "What the intervals printed with repeated runs contain of the other runs: whether they hold what they say.",
    )
    .argument("<run...>", "runs of the same cells: files, ids, or folders of run files; three at least")
    .action(async (names: string[], { format }: FormatOptions<(typeof FORMATS)[number]>) => {
      const paths = (await Promise.all(names.map(pathsOf))).flat();
      const runs: Run[] = [];
      for (const path of paths) runs.push(await readRun(path));
      const report = reportOfCoverage(runs);
      switch (format) {
        case "table":
          return print(`\n${renderCoverageText(report)}\n`);
        case "markdown":
          return print(renderCoverageMarkdown(report));
        case "json":
          return printJson({ runs: report.runs.map(({ id }) => id), cells: report.cells });
      }
    });
}

/** Of a folder all that it holds; else the run that is meant. */
async function pathsOf(name: string): Promise<string[]> {
  const found = await stat(name).catch(() => undefined);
  if (!found?.isDirectory()) return [await findRun(name, [runsFolder(), publishedFolder()])];
  const files = await readdir(name);
  return files
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => join(name, file));
}
