import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { type Axis, AXIS_NAMES, dayOf } from "@mobilenet-bench/results";
import { calibrationsFolder, nightsFolder, publishedFolder, runsFolder, siteFolder } from "../folders.ts";
import { beginNight, type NightRequest } from "../nightly/begin-night.ts";
import { callMnb } from "../nightly/call-mnb.ts";
import { doNight, type NightOutcome } from "../nightly/do-night.ts";
import { resumeWords } from "../nightly/resume-words.ts";
import { shellWords } from "../nightly/shell-words.ts";
import { PROTOCOLS, type ProtocolName } from "../protocol.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import { NIGHTLY_STEPS, type NightlyStep, type StepOptions } from "./nightly-steps.ts";
import {
  addBackendFilters,
  commaSeparated,
  count,
  toFilters,
  wholeNumber,
  type FilterOptions,
} from "./options.ts";
import { helpNotes } from "./help-notes.ts";
import { note, print, printJson } from "./output.ts";
import { requireClone } from "./require-clone.ts";

interface NightlyOptions extends FilterOptions, StepOptions, FormatOptions {
  readonly protocol?: ProtocolName;
  readonly shards?: number;
  readonly control?: readonly string[];
  readonly pairs: number;
  readonly site?: string;
  readonly dryRun?: boolean;
}

const HELP = helpNotes(
  "Without a step: the whole night at a desk, one command after the other, each kept when it is done, so that the same call goes on after an interruption. --dry-run prints the commands. The steps that are no commands of their own:",
  {
    fetch: "brings the data folder to what is published",
    confirm: "compares in pairs what the history nominates, and what is still slower, on this machine",
    report:
      "opens alerts that pairs have confirmed, closes those that are gone, tells cells that have vanished",
    publish: "commits what is new in the data folder and pushes it; nothing on the branch is overwritten",
  },
  "Exit status 1 where an alert is open, a cell failed or a comparison came to no end.",
);

export function nightlyCommand(): Command {
  const steps = Object.keys(NIGHTLY_STEPS);
  const command = new Command("nightly")
    .description("A night's work: measure, compare in pairs what seems to have changed, report, publish.")
    .addArgument(new Argument("[step]", "this step alone").choices(steps))
    .option("--suite <name>", "what is measured (nightly, where no filter is given)")
    .option("--model <names>", "comma-separated; globs match the paper's models", commaSeparated);
  return addFormats(addBackendFilters(command))
    .addOption(
      new Option("--protocol <name>", "how long to look; suites have their own").choices(
        Object.keys(PROTOCOLS),
      ),
    )
    .option(
      "--shards <number>",
      "parts, one after the other (as many as the suite's limit of time asks for)",
      count,
    )
    .option(
      "--control <cells>",
      "cells of the A/A arm, comma-separated (those of mnb calibrate)",
      commaSeparated,
    )
    .option("--pairs <number>", "of each cell in the A/A arm, equal and slowed; 0 for none", wholeNumber, 40)
    .addOption(
      new Option("--night <name>", "of the night (today's date, UTC)").env("MNB_NIGHT").argParser(nightName),
    )
    .option("--data <folder>", "of all nights (.mnb/nights/data)")
    .option(
      "--remote <url>",
      "publish there: any repository that git can push to, origin for this clone's own",
    )
    .option("--branch <name>", "of the remote, for data and nothing else", branchName, "data")
    .option("--runs <folder>", "confirm, report: of this night's runs")
    .option("--output <folder>", "confirm: where comparisons go; report: where the texts of issues go")
    .addOption(
      new Option("--issues <where>", "issues of alerts: texts in a folder, or opened and closed")
        .choices(["folder", "github"])
        .default("folder"),
    )
    .option("--site <folder>", "where the site is built (.mnb/site)")
    .option("--dry-run", "print the commands of the night and do nothing")
    .addHelpText("after", HELP)
    .action(async (step: NightlyStep | undefined, options: NightlyOptions) => {
      const clone = requireClone("Nights are of", "nightly");
      const filled = await withDefaults(options, clone);
      if (step !== undefined) return NIGHTLY_STEPS[step](filled, options.json);
      await wholeNight(filled, options, clone);
    });
}

async function withDefaults(options: NightlyOptions, clone: string) {
  const { night, data, remote } = options;
  return {
    ...options,
    night: night ?? dayOf(new Date().toISOString()),
    data: resolve(data ?? join(nightsFolder(), "data")),
    ...(remote !== undefined && { remote: await remoteOf(remote, clone) }),
  };
}

/** A path holds from any folder, and `origin` for whatever the clone calls so. */
async function remoteOf(remote: string, clone: string): Promise<string> {
  if (remote !== "origin") return existsSync(remote) ? resolve(remote) : remote;
  const { execa } = await import("execa");
  const { failed, stdout } = await execa("git", ["remote", "get-url", "origin"], {
    cwd: clone,
    reject: false,
  });
  if (failed) throw new UsageError("This clone has no remote origin. Give its URL: --remote URL.");
  return stdout.trim();
}

type Filled = Awaited<ReturnType<typeof withDefaults>>;

async function wholeNight(filled: Filled, options: NightlyOptions, clone: string): Promise<void> {
  const runs = [runsFolder(), filled.data, publishedFolder()];
  const room = { nights: nightsFolder(), runs, clone, now: new Date() };
  const { path, state, isResumed } = await beginNight(requestOf(filled), room);
  if (options.dryRun) {
    if (options.json) printJson(state.steps.map(({ words }) => ["mnb", ...words]));
    else print(state.steps.map(({ words }) => shellWords(["./mnb", ...words])).join("\n"));
    return;
  }
  if (isResumed)
    note(`Goes on with the night ${state.id}: ${state.done.length} of ${state.steps.length} steps are done.`);
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const outcome = await doNight(path, state, {
      call: callMnb,
      resume: (words) => resumeWords(words, { runs: runsFolder(), calibrations: calibrationsFolder() }),
      signal: interrupt.signal,
      say: note,
    });
    tellEnd(outcome, options.json);
  } finally {
    release();
  }
}

function tellEnd({ state, end, at }: NightOutcome, json: boolean): void {
  const wrong = state.done.filter(({ status }) => status !== 0).map(({ step }) => step);
  if (json) printJson({ night: state.id, end, ...(at !== undefined && { at }), done: state.done });
  if (end === "interrupted") note(`Interrupted in ${at}. What is done is kept: the same call goes on.`);
  else if (end === "failed") note(`The step ${at} failed. Mend what it says, and call the same again.`);
  else if (!json)
    print(`Night ${state.id} is done${wrong.length > 0 ? `; look at: ${wrong.join(", ")}` : "."}`);
  if (end === "interrupted") process.exitCode = EXIT.interrupted;
  else if (end === "failed" || wrong.length > 0) process.exitCode = EXIT.wrong;
}

function requestOf(filled: Filled): NightRequest {
  const { night, data, site, protocol, shards, control = [], pairs, remote, branch, issues } = filled;
  const chosen = withSuite(filled);
  return {
    id: night,
    data,
    site: resolve(site ?? siteFolder()),
    filters: toFilters([], chosen),
    measure: [...wordsOf(chosen), ...(protocol === undefined ? [] : ["--protocol", protocol])],
    ...(protocol !== undefined && { protocol }),
    ...(shards !== undefined && { shards }),
    control: { cells: control, pairs },
    ...(remote !== undefined && { publish: { remote, branch } }),
    issues,
  };
}

const LISTS = ["model", "backend", "target", ...AXIS_NAMES] as const;
type Chosen = Pick<FilterOptions, "suite" | "model" | "backend" | "target" | Axis>;

/** Nothing but filters; the nightly suite where there is none. */
function withSuite(options: FilterOptions): Chosen {
  const { suite } = options;
  const lists: Partial<Record<(typeof LISTS)[number], readonly string[]>> = {};
  for (const name of LISTS) {
    const values = options[name];
    if (values !== undefined) lists[name] = values;
  }
  if (suite === undefined && Object.keys(lists).length === 0) return { suite: "nightly" };
  return { ...(suite !== undefined && { suite }), ...lists };
}

/** Filters as a command line has them. */
function wordsOf(chosen: Chosen): string[] {
  return [
    ...(chosen.suite === undefined ? [] : ["--suite", chosen.suite]),
    ...LISTS.flatMap((name) => {
      const values = chosen[name];
      return values === undefined ? [] : [`--${name}`, values.join(",")];
    }),
  ];
}

/** It names files and stands in issues. */
function nightName(text: string): string {
  // The data of all nights lies beside the folders of each.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) || text === "data")
    throw new InvalidArgumentError("Give letters, digits, points and dashes, such as 2026-11-22; not data.");
  return text;
}

function branchName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(text) || text.includes(".."))
    throw new InvalidArgumentError("Give the name of a branch, such as data.");
  return text;
}
