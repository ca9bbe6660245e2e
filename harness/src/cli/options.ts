import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { AXES, AXIS_NAMES, isAxis, parseShard, type Protocol, type Shard } from "@mobilenet-bench/results";
import type { AxisFilters } from "../plan/axes.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import type { Filters } from "../plan/plan.ts";
import { createTargets } from "../target/targets.ts";
import { helpNotes } from "./help-notes.ts";

/** The options that choose cells, the same for every command that takes cells. */
export interface FilterOptions extends AxisFilters {
  readonly suite?: string;
  readonly model?: readonly string[];
  readonly backend?: readonly string[];
  readonly target?: readonly string[];
}

/** Cell ids, and every filter by which cells are chosen. */
export function addFilters(command: Command): Command {
  command
    .argument("[cell...]", "cell ids: MODEL/BACKEND/TARGET?option=value&…")
    .option("--suite <name>", "a named list of cells: quick, sweep, nightly")
    .option("--model <names>", "comma-separated; globs match the paper's models", commaSeparated);
  return addBackendFilters(command);
}

/** Which part of the cells is meant, where several machines share them. */
export interface ShardOption {
  readonly shard?: Shard;
}

/** `--shard`: the cells of a model stay together. */
export function addShard(command: Command): Command {
  return command.option(
    "--shard <k/n>",
    "the k-th of n parts that take about as long, for as many machines; the cells of a model stay together",
    shard,
  );
}

function shard(text: string): Shard {
  const parsed = parseShard(text);
  if (!parsed) throw new InvalidArgumentError("Give the number of a shard and how many there are: 2/5.");
  return parsed;
}

/** The filters of commands whose model is given. */
export function addBackendFilters(command: Command): Command {
  command
    .option("--backend <names>", "comma-separated, globs allowed", commaSeparated)
    .option("--target <names>", "comma-separated, globs allowed", commaSeparated);
  for (const axis of AXIS_NAMES) {
    const { description, values } = AXES[axis];
    const known = "min" in values ? `${values.min} to ${values.max}` : values.join(", ");
    command.option(`--${axis} <values>`, `comma-separated, ${description}: ${known}`, commaSeparated);
  }
  return command;
}

/** What cells compute on. */
export interface InputOptions {
  readonly seed: number;
  readonly image?: string;
  readonly weights?: string;
}

/** What cells compute on: the seed, a picture, weights. */
export function addInputs(command: Command): Command {
  return command
    .option("--seed <number>", "of weights, input and orders", wholeNumber, 1)
    .option("--image <file>", "a PNG or JPEG as input, in place of the synthetic image")
    .option("--weights <file>", "a trained model, in place of generated weights (formats: see mnb import)");
}

/** Which browser pages are opened in, and how. */
export function addBrowserOptions(command: Command): Command {
  return command
    .option("--headed", "browsers with a window to look at")
    .option("--browser-path <file>", "the browser to use, instead of the one that is found")
    .option("--browser-args <flags>", "further flags for the browser, separated by spaces", (text) =>
      text.split(/\s+/).filter((flag) => flag !== ""),
    );
}

/** The flags alone, to be kept; a path holds from any folder. */
export function browserFlagsOf({ headed, browserPath, browserArgs }: BrowserFlags) {
  return {
    ...(headed && { headed }),
    ...(browserPath !== undefined && { browserPath: resolve(browserPath) }),
    ...(browserArgs && { browserArgs: [...browserArgs] }),
  };
}

/** The targets as these flags want them; what flags leave open, the environment says. */
export function targetsOf({ headed, browserPath, browserArgs }: BrowserFlags) {
  return createTargets({
    ...(headed && { headed }),
    ...(browserPath !== undefined && { path: browserPath }),
    ...(browserArgs && { args: browserArgs }),
  });
}

/** Under which the exit status is 1 also where only globs and suites brought along what cannot be had. */
export interface StrictOption {
  readonly strict?: boolean;
}

/** `--strict`, and under the help the rule that it changes. */
export function addStrict(command: Command): Command {
  return command
    .option("--strict", "exit status 1 also where cells of a glob or a suite cannot be had here")
    .addHelpText(
      "after",
      helpNotes(
        "Exit status 1 where a cell failed, or what was asked for by name (a cell id, a value of a filter that is no glob, --browser-path) could not be had; what globs and suites bring along may be unsupported, unless --strict is given.",
      ),
    );
}

/** The words of a command line as planning takes them; what was not given is absent. */
export function toFilters(cells: readonly string[], options: FilterOptions & BrowserFlags): Filters {
  const { suite, model, backend, target, headed, browserPath, browserArgs } = options;
  const onAxes = Object.fromEntries(Object.entries(options).filter(([name]) => isAxis(name)));
  return {
    cells,
    ...(suite === undefined ? {} : { suite }),
    ...(model && { model }),
    ...(backend && { backend }),
    ...(target && { target }),
    ...onAxes,
    ...(headed && { headed }),
    ...(browserPath !== undefined && { browserPath }),
    ...(browserArgs && { browserArgs }),
  };
}

/** @throws InvalidArgumentError where a name is empty */
export function commaSeparated(text: string): readonly string[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("Give names separated by single commas.");
  return parts;
}

/** Pictures are cropped as the authors' evaluation does, unless told otherwise. */
export function cropOption(): Option {
  return new Option("--crop <fraction>", "of a picture's shorter side: the central square that is used")
    .argParser(fraction)
    .default(0.875);
}

/** On a machine that is never quiet, blocks count in spite of it; what their state was is stored all the same. */
export function maxDisturbanceOption(): Option {
  return new Option(
    "--max-disturbance <fraction>",
    "of a block's time for each of steal, throttling and CPU pressure: above it, a block is left out (0.05, 0.05 and 0.25 without this; 1 leaves none out)",
  )
    .env("MNB_MAX_DISTURBANCE")
    .argParser(fraction);
}

/** The limits of the protocol that the command line has others for. */
export function limitsOf({
  maxDisturbance,
}: {
  readonly maxDisturbance?: number;
}): Partial<Pick<Protocol, "maxSteal" | "maxThrottled" | "maxCpuPressure">> {
  if (maxDisturbance === undefined) return {};
  return { maxSteal: maxDisturbance, maxThrottled: maxDisturbance, maxCpuPressure: maxDisturbance };
}

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value <= 1))
    throw new InvalidArgumentError("Give a number above 0 and at most 1.");
  return value;
}

/** @throws InvalidArgumentError where it is no whole number from 0 that a double holds exactly */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Give a whole number.");
  return value;
}

/** How many of something there are to be. */
export function count(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError("Give a whole number from 1.");
  return value;
}
