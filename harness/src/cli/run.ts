import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Cell } from "@mobilenet-bench/results";
import { runsFolder } from "../folders.ts";
import { makePlan } from "../plan/plan.ts";
import { PROTOCOLS, type ProtocolName } from "../protocol.ts";
import { duration, significant } from "../report/format.ts";
import { impossibleFigures } from "../report/impossible.ts";
import { countSteps } from "../run/measure.ts";
import { readGiven } from "../run/given.ts";
import { RunFolder } from "../run/run-folder.ts";
import { continueRun, startRun, type RunHooks, type RunOutcome } from "../run/run.ts";
import { describeBusy } from "../environment/busy.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT, exitAfter } from "./exit.ts";
import {
  addBrowserOptions,
  addFilters,
  addInputs,
  addStrict,
  targetsOf,
  type BrowserFlags,
  toFilters,
  type FilterOptions,
  type InputOptions,
  type StrictOption,
} from "./options.ts";
import { onInterrupt } from "./interrupt.ts";
import { addFormats, renderRun, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import { note, print } from "./output.ts";
import { startProgress } from "./progress.ts";

interface RunOptions
  extends FilterOptions, BrowserFlags, InputOptions, StrictOption, FormatOptions<RunFormat> {
  readonly protocol?: ProtocolName;
  readonly samples?: boolean;
  readonly profile?: boolean;
  readonly output?: string;
  readonly resume?: string | true;
}

export function runCommand(): Command {
  return addFormats(addStrict(addBrowserOptions(addInputs(addFilters(new Command("run"))))), RUN_FORMATS)
    .description("Measure cells, store a run file and print the table of latency against mult-adds.")
    .addOption(
      new Option("--protocol <name>", "how long to look; suites have their own").choices(
        Object.keys(PROTOCOLS),
      ),
    )
    .option("--samples", "store the time of every single inference")
    .option("--profile", "also measure each layer, where the backend can")
    .option("--output <folder>", "where the run file goes (.mnb/runs without this)")
    .option("--resume [id]", "go on with an interrupted run: the last one, or that of the id")
    .action(async (cells: string[], options: RunOptions) => {
      const folder = await prepare(cells, options);
      const outcome = await measureWithProgress(folder, targetsOf(options));
      report(outcome, options.format);
      if (!outcome.complete) return;
      const { demands, strict } = folder.start;
      exitAfter(outcome.run.cells, demands, strict || options.strict);
    });
}

async function prepare(cells: readonly string[], options: RunOptions): Promise<RunFolder> {
  if (options.resume !== undefined) {
    const { browserPath: _, ...filtering } = options;
    const filters = Object.values(toFilters(cells, filtering)).flat();
    if (filters.length > 0) throw new UsageError("--resume takes up its own cells. Leave the filters out.");
    return RunFolder.open(runsFolder(), options.resume === true ? "last" : options.resume);
  }
  const { picture, weights } = await readGiven(options);
  const plan = await makePlan(toFilters(cells, options), weights?.model);
  return startRun(plan, {
    protocol: PROTOCOLS[options.protocol ?? plan.protocol],
    seed: options.seed,
    picture: picture?.path ?? null,
    weights: weights ? { path: weights.path, sha256: weights.sha256 } : null,
    keepSamples: options.samples ?? false,
    profile: options.profile ?? false,
    strict: options.strict ?? false,
    output: options.output === undefined ? runsFolder() : resolve(options.output),
  });
}

async function measureWithProgress(folder: RunFolder, targets: RunHooks["targets"]): Promise<RunOutcome> {
  const { start } = folder;
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  const remaining = start.cells.length - (await folder.finishedCells()).length;
  const busy = await describeBusy();
  if (busy !== undefined) note(busy);
  note(
    `Measuring ${remaining} cells on ${start.environment.cpu.model}, ${start.environment.cpu.cores} cores.`,
  );
  const progress = startProgress(countSteps(remaining, start.protocol));
  let finished = 0;
  try {
    return await continueRun(folder, {
      signal: interrupt.signal,
      targets,
      onStep: (cell) => progress.step(cell),
      onCell: (cell) => progress.log(`[${++finished}/${remaining}] ${cell.id}  ${oneLine(cell)}`),
    });
  } finally {
    progress.stop();
    release();
  }
}

function oneLine(cell: Cell): string {
  if (cell.status !== "ok") return `${cell.status}: ${cell.reason}`;
  const { median, ci95 } = cell.latency;
  const figure = `${significant(median)} ms (95 % within this run: ${ci95.map((ms) => significant(ms)).join("–")})`;
  return [figure, ...(cell.doubts ?? []).map(({ reason }) => reason)].join("  ");
}

function report(outcome: RunOutcome, format: RunFormat): void {
  const { run } = outcome;
  if (format === "json" || run.cells.length > 0) print(renderRun(run, format));
  if (!outcome.complete) {
    note(`Interrupted. Finished cells are kept; go on with: mnb run --resume ${outcome.id}`);
    process.exitCode = EXIT.interrupted;
    return;
  }
  const took = duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  note(`${run.cells.length} cells in ${took}. Run file: ${outcome.path}`);
  const impossible = impossibleFigures(run.cells, run.environment);
  for (const line of impossible) note(line);
  if (impossible.length > 0) process.exitCode = EXIT.wrong;
}
