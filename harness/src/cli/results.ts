import { resolve } from "node:path";
import { Argument, Command } from "commander";
import { mergeResults } from "@mobilenet-bench/results/store";
import { queryRollUps, rollUp } from "@mobilenet-bench/results/roll-up";
import { ANSWER_FORMATS, renderAnswer, type AnswerFormat } from "../archive/answer-forms.ts";
import { mergedText } from "../archive/merged-text.ts";
import { monthsText } from "../archive/months-text.ts";
import { rollUpsFolder, runsFolder } from "../folders.ts";
import { probeOutput } from "../probe-output.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson } from "./output.ts";

const ACTIONS = ["merge", "roll-up", "query"] as const;
type Action = (typeof ACTIONS)[number];

interface ResultsOptions extends FormatOptions<AnswerFormat> {
  readonly runs?: string;
  readonly output?: string;
  readonly rollUps?: string;
  readonly over?: boolean;
}

const HELP = helpNotes({
  "merge PATH…":
    "takes run files, comparisons and calibrations over from files and folders: what is there already is left as it is, and so is whatever is torn, changed, of another version or in conflict, which is told (exit status 1)",
  "roll-up": "makes Parquet files of the runs of each month: the tables runs, cells and blocks",
  "query SQL": "asks these tables, after rolling up what is new; DESCRIBE cells tells the columns of one",
});

export function resultsCommand(): Command {
  return addFormats(new Command("results"), ANSWER_FORMATS)
    .description("Many machines' runs as one: merged, rolled up by months, and asked in SQL.")
    .addArgument(new Argument("<action>", "what to do").choices(ACTIONS))
    .argument("[what...]", "merge: files and folders; query: one question in SQL")
    .option("--output <folder>", "merge and roll-up: where to (.mnb/runs and .mnb/roll-ups without this)")
    .option("--runs <folder>", "roll-up and query: of these runs (.mnb/runs without this)")
    .option("--roll-ups <folder>", "query: these roll-ups as they are, in place of rolling up first")
    .option("--over", "roll-up: only months that are over (UTC)")
    .addHelpText("after", HELP)
    .action(async (action: Action, what: string[], options: ResultsOptions, command: Command) => {
      refuseIdle(action, command);
      switch (action) {
        case "merge":
          return merge(what, options);
        case "roll-up":
          return roll(what, options);
        case "query":
          return query(what, options);
      }
    });
}

/** What means something to each action, beside the forms. */
const TAKEN: Readonly<Record<Action, readonly (keyof ResultsOptions)[]>> = {
  merge: ["output"],
  "roll-up": ["output", "runs", "over"],
  query: ["runs", "rollUps"],
};
const ALWAYS: readonly (keyof ResultsOptions)[] = ["format", "json"];

/** @throws UsageError where an option would change nothing */
function refuseIdle(action: Action, command: Command): void {
  const idle = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => ![...TAKEN[action], ...ALWAYS].some((name) => name === option.attributeName()))
    .map(({ long }) => long);
  if (idle.length > 0)
    throw new UsageError(`mnb results ${action} takes no ${idle.join(", ")}. Leave that out.`);
}

async function merge(what: readonly string[], { output, format, json }: ResultsOptions): Promise<void> {
  refuseTables(format, "merge");
  if (what.length === 0) throw new UsageError("Name what to merge: mnb results merge FOLDER…");
  const into = resolve(output ?? runsFolder());
  await probeOutput(into, "folder");
  const merged = await mergeResults(
    what.map((path) => resolve(path)),
    into,
  );
  if (json) printJson({ into, ...merged });
  else print(mergedText(merged, into));
  if (merged.refused.length > 0) process.exitCode = EXIT.wrong;
}

async function roll(
  what: readonly string[],
  { runs, output, over = false, format, json }: ResultsOptions,
): Promise<void> {
  refuseTables(format, "roll-up");
  if (what.length > 0)
    throw new UsageError("mnb results roll-up takes no arguments: see --runs and --output.");
  const folder = resolve(output ?? rollUpsFolder());
  await probeOutput(folder, "folder");
  const months = await rollUp({
    runs: resolve(runs ?? runsFolder()),
    output: folder,
    ...(over && { before: new Date().toISOString().slice(0, "2026-11".length) }),
    onUnreadable: ({ message }) => note(message),
  });
  if (json) printJson({ folder, months });
  else print(monthsText(months, folder));
}

async function query(what: readonly string[], { runs, rollUps, format }: ResultsOptions): Promise<void> {
  const [sql, ...more] = what;
  if (sql === undefined || more.length > 0)
    throw new UsageError('Ask one question, in quotes: mnb results query "SELECT count(*) FROM runs"');
  if (rollUps !== undefined && runs !== undefined)
    throw new UsageError("--roll-ups are asked as they are, and --runs rolled up first. Leave one out.");
  const folder = resolve(rollUps ?? rollUpsFolder(runs));
  if (rollUps === undefined)
    await rollUp({
      runs: resolve(runs ?? runsFolder()),
      output: folder,
      onUnreadable: ({ message }) => note(message),
    });
  print(renderAnswer(await queryRollUps(folder, sql), format));
}

function refuseTables(format: AnswerFormat, action: Action): void {
  if (format !== "table" && format !== "json")
    throw new UsageError(`mnb results ${action} has no form ${format}. Use table or json.`);
}
