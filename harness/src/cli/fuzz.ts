import { Command } from "commander";
import { formatCellId, significant } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { formatModelName } from "@mobilenet-bench/spec";
import { fuzz, type Fuzzed, type Subject } from "../fuzz/fuzz.ts";
import { refuseIdleFlags, type BrowserFlags } from "../plan/browser-flags.ts";
import { demandsOf, type Ended } from "../plan/demands.ts";
import { chooseBackends, chooseTargets, type Known } from "../plan/known.ts";
import type { Filters } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { plainTable, trimLines } from "../report/table.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { exitAfter } from "./exit-after.ts";
import { EXIT } from "./exit.ts";
import { onInterrupt } from "./interrupt.ts";
import {
  addBrowserOptions,
  addStrict,
  commaSeparated,
  count,
  targetsOf,
  wholeNumber,
  type StrictOption,
} from "./options.ts";
import { note, print, printJson } from "./output.ts";
import { startProgress } from "./progress.ts";

/** A length for every change, and one for every night. */
const CI_MODELS = 50;
const NIGHTLY_MODELS = 2000;
const OWN = ["ts", "wasm", "webgpu"];
const SEEDS = 2 ** 31;
/** A sign of life where there is no bar, such as in the log of a nightly job. */
const LOGGED = 250;

interface FuzzCommandOptions extends BrowserFlags, StrictOption, FormatOptions {
  readonly backend: readonly string[];
  readonly target: readonly string[];
  readonly models?: number;
  readonly nightly?: boolean;
  readonly seed?: number;
  readonly path?: string;
}

export function fuzzCommand(): Command {
  return addFormats(addStrict(addBrowserOptions(new Command("fuzz"))))
    .description(
      "Correctness of networks from all over the family's space, shrunk to the smallest that fails.",
    )
    .option("--backend <names>", "comma-separated, globs allowed", commaSeparated, OWN)
    .option("--target <names>", "comma-separated, globs allowed", commaSeparated, ["node"])
    .option("--models <count>", `so many of each backend (${CI_MODELS} without this)`, count)
    .option("--nightly", `${NIGHTLY_MODELS} of each backend`)
    .option("--seed <number>", "chooses the models (another each time without this)", wholeNumber)
    .option("--path <path>", "with --seed: straight to a failure that an earlier run reported")
    .action(async (options: FuzzCommandOptions, command: Command) => {
      const { filters, known } = await resolveNames(
        { backend: options.backend, target: options.target },
        targetsOf(options),
      );
      const subjects = chooseSubjects(filters, known);
      refuseIdleFlags(
        options,
        subjects.map(({ on }) => on.id),
      );
      const demands = demandsOf(
        namedBy(command, { ...options, ...filters }),
        subjects.map(({ from, on }) => ({
          id: `${from.id}/${on.id}`,
          backend: from.id,
          target: on.id,
          options: {},
        })),
      );
      const models = options.models ?? (options.nightly ? NIGHTLY_MODELS : CI_MODELS);
      const seed = options.seed ?? Math.floor(Math.random() * SEEDS);
      note(`${models} models of each backend, seed ${seed}.`);
      const interrupt = new AbortController();
      const release = onInterrupt(() => interrupt.abort());
      const progress = startProgress(models * subjects.length);
      const results: Fuzzed[] = [];
      try {
        for (const subject of subjects) {
          if (interrupt.signal.aborted) break;
          const what = `${subject.from.id}/${subject.on.id}`;
          let done = 0;
          const onModel = () => {
            progress.step(what);
            if (++done % LOGGED === 0) progress.log(`${what}  ${done} of ${models}`);
          };
          const result = await fuzz(subject, {
            models,
            seed,
            signal: interrupt.signal,
            onModel,
            ...(options.path !== undefined && { path: options.path }),
          });
          results.push(result);
          progress.log(`${what}  ${result.status}`);
        }
      } finally {
        progress.stop();
        release();
      }
      if (options.json) printJson({ seed, models, results });
      else print(render(results, seed));
      if (interrupt.signal.aborted) process.exitCode = EXIT.interrupted;
      else exitAfter(results.flatMap(endOf), demands, options.strict);
    });
}

function chooseSubjects({ backend = [], target = [] }: Filters, known: Known): Subject[] {
  const backends = chooseBackends(backend, known);
  return chooseTargets(target, known).flatMap((on) => backends.map((from) => ({ from, on })));
}

/** The defaults are nobody's names. */
function namedBy(command: Command, { backend, target, browserPath }: FuzzCommandOptions): Filters {
  const isGiven = (name: string) => command.getOptionValueSource(name) === "cli";
  return {
    ...(isGiven("backend") && { backend }),
    ...(isGiven("target") && { target }),
    ...(browserPath !== undefined && { browserPath }),
  };
}

function endOf({ backend, target, status, reason }: Fuzzed): Ended[] {
  if (status === "interrupted") return [];
  return [{ id: `${backend}/${target}`, status, ...(reason !== undefined && { reason }) }];
}

function render(results: readonly Fuzzed[], seed: number): string {
  const table = plainTable(["left", "left", "right", "right", "right"]);
  table.push(["backend", "status", "checked", "refused", "worst of bound"]);
  for (const { backend, target, status, checked, refused, worstFraction } of results)
    table.push([
      `${backend}/${target}`,
      status,
      String(checked),
      String(refused),
      checked > 0 ? significant(worstFraction, 2) : "",
    ]);
  return [
    trimLines(table.toString()),
    ...results.flatMap((result) => explain(result, seed)),
    `seed ${seed}`,
  ].join("\n");
}

function explain({ backend, target, reason, counterexample }: Fuzzed, of: number): string[] {
  if (!counterexample) return reason === undefined ? [] : [terminalLine(`! ${backend}/${target}: ${reason}`)];
  const { config, batch, seed, options, path } = counterexample;
  const id = formatCellId({ model: formatModelName(config), backend, target, options });
  return [
    terminalLine(`! ${backend}/${target}: ${reason}`),
    `  smallest: ${id}, ${config.classes} classes, batch ${batch}, weights and images of seed ${seed}`,
    `  again: mnb fuzz --backend ${backend} --target ${target} --seed ${of} --path ${path}`,
  ];
}
