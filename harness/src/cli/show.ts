import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import picomatch from "picomatch";
import { readRun } from "@mobilenet-bench/results";
import { runsFolder } from "../folders.ts";
import { describeParts } from "../report/describe-parts.ts";
import { UsageError } from "../usage-error.ts";
import { formatOption, renderRun, type Format } from "./format.ts";
import { commaSeparated } from "./options.ts";
import { note, print } from "./output.ts";

interface ShowOptions {
  readonly model?: readonly string[];
  readonly backend?: readonly string[];
  readonly format: Format;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command("show")
    .description("The table of a stored run: of the file, or of the last run.")
    .argument("[file]", "a run file")
    .option("--model <names>", "only these in the table: comma-separated, globs allowed", commaSeparated)
    .option("--backend <names>", "only these in the table: comma-separated, globs allowed", commaSeparated)
    .addOption(formatOption())
    .option("--json", "the same as --format json")
    .action(async (file: string | undefined, options: ShowOptions) => {
      const run = await (file === undefined ? lastRun() : readRun(file));
      const { environment, startedAt } = run;
      note(
        `${startedAt.slice(0, 16).replace("T", " ")} UTC, ${environment.cpu.model}, ${environment.os.name}`,
      );
      for (const line of describeParts(run)) note(line);
      const { model = ["*"], backend = ["*"] } = options;
      const shown = run.cells.filter(
        (cell) => picomatch.isMatch(cell.model, [...model]) && picomatch.isMatch(cell.backend, [...backend]),
      );
      if (shown.length === 0)
        throw new UsageError("No cell of this run fits. Leave --model or --backend out.");
      print(renderRun(run, options.json ? "json" : options.format, shown));
    });
}

/** The one written last; names begin with the day only. */
async function lastRun() {
  const names = await readdir(runsFolder()).catch(() => []);
  const paths = names.filter((name) => name.endsWith(".json")).map((name) => join(runsFolder(), name));
  const written = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const last = written.toSorted((a, b) => b.at - a.at)[0];
  if (!last) throw new UsageError("There is no stored run. Make one with mnb run, or give a file.");
  return readRun(last.path);
}
