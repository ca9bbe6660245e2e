import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { readRun } from "@mobilenet-bench/results";
import { runsFolder } from "../folders.ts";
import { UsageError } from "../usage-error.ts";
import { formatOption, renderRun, type Format } from "./format.ts";
import { note, print } from "./output.ts";

export function showCommand(): Command {
  return new Command("show")
    .description("The table of a stored run: of the file, or of the last run.")
    .argument("[file]", "a run file")
    .addOption(formatOption())
    .option("--json", "the same as --format json")
    .action(async (file: string | undefined, { format, json }: { format: Format; json?: boolean }) => {
      const run = await (file === undefined ? lastRun() : readRun(file));
      const { environment, startedAt } = run;
      note(
        `${startedAt.slice(0, 16).replace("T", " ")} UTC, ${environment.cpu.model}, ${environment.os.name}`,
      );
      print(renderRun(run, json ? "json" : format));
    });
}

/** The youngest by the time that it started: names begin with the day only. */
async function lastRun() {
  const names = await readdir(runsFolder()).catch(() => []);
  const runs = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readRun(join(runsFolder(), name))),
  );
  const last = runs.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))[0];
  if (!last) throw new UsageError("There is no stored run. Make one with mnb run, or give a file.");
  return last;
}
