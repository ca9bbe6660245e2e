import { dirname } from "node:path";
import { Command } from "commander";
import { earlierRuns, findRun, readRun } from "@mobilenet-bench/results/store";
import { publishedFolder, runsFolder } from "../folders.ts";
import { chosenCells, type ChosenOptions } from "../plan/chosen-cells.ts";
import { noCellFits } from "../plan/no-cell-fits.ts";
import { addFormats, renderRun, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import { commaSeparated } from "./options.ts";
import { note, print } from "./output.ts";

interface ShowOptions extends FormatOptions<RunFormat>, ChosenOptions {
  readonly base?: string;
}

export function showCommand(): Command {
  const command = new Command("show")
    .description("The table of a stored run again, in any form.")
    .argument("[run]", "a run file, a run's id or the unique beginning of it, or latest", "latest")
    .option("--model <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option("--backend <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option("--target <names>", "only these: comma-separated, globs allowed", commaSeparated)
    .option(
      "--base <backend>",
      "ratios to this one, such as wasm or wasm/chrome?threads=2, not to the fastest",
    );
  return addFormats(command, RUN_FORMATS).action(async (name: string, options: ShowOptions) => {
    const path = await findRun(name, [runsFolder(), publishedFolder()]);
    const run = await readRun(path);
    const shown = run.cells.filter(chosenCells([], options));
    if (shown.length === 0) throw noCellFits(`run ${run.id}`, run.cells);
    const { base } = options;
    const earlier = await earlierRuns(dirname(path), run, ({ message }) => note(message));
    print(renderRun(run, options.format, { shown, earlier, ...(base !== undefined && { base }) }));
  });
}
