import { dirname, resolve } from "node:path";
import { Command, Option } from "commander";
import { duration, howMany, parseCellId, significant, type Cell, type Run } from "@mobilenet-bench/results";
import { earlierRuns } from "@mobilenet-bench/results/store";
import { describeOutcome, describePlan } from "../estimate/describe-estimate.ts";
import { prepareRun } from "../estimate/prepare-run.ts";
import { takeShard } from "../estimate/take-shard.ts";
import { publishedFolder, runsFolder } from "../folders.ts";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { PROTOCOLS, type ProtocolName } from "../protocol.ts";
import { impossibleFigures } from "../report/impossible.ts";
import { countSteps } from "../run/measure.ts";
import { probeOutput } from "../probe-output.ts";
import { readGiven } from "../run/given.ts";
import { filesOf } from "../run/given-files.ts";
import { cellsLeft, describeKept } from "../run/kept.ts";
import { continueRun, resumeRun, startRun, type OpenRun, type RunOutcome } from "../run/run.ts";
import { examineMachine } from "../environment/examine-machine.ts";
import { UsageError } from "../usage-error.ts";
import { exitAfter } from "./exit-after.ts";
import { EXIT } from "./exit.ts";
import {
  addBrowserOptions,
  addFilters,
  addInputs,
  addShard,
  addStrict,
  browserFlagsOf,
  limitsOf,
  maxDisturbanceOption,
  targetsOf,
  toFilters,
  type FilterOptions,
  type InputOptions,
  type ShardOption,
  type StrictOption,
} from "./options.ts";
import { onInterrupt } from "./interrupt.ts";
import { addFormats, renderRun, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import { note, print } from "./output.ts";
import { startProgress } from "./progress.ts";

interface RunOptions
  extends FilterOptions, ShardOption, BrowserFlags, InputOptions, StrictOption, FormatOptions<RunFormat> {
  readonly protocol?: ProtocolName;
  readonly samples?: boolean;
  readonly profile?: boolean;
  readonly peaks: boolean;
  readonly maxDisturbance?: number;
  readonly output?: string;
  readonly resume?: string | true;
}

export function runCommand(): Command {
  const command = addShard(addFilters(new Command("run")));
  return addFormats(addStrict(addBrowserOptions(addInputs(command))), RUN_FORMATS)
    .description("Measure cells, store a run file and print the table of latency against mult-adds.")
    .addOption(
      new Option("--protocol <name>", "how long to look; suites have their own").choices(
        Object.keys(PROTOCOLS),
      ),
    )
    .addOption(maxDisturbanceOption())
    .option("--samples", "store the time of every single inference")
    .option("--profile", "also measure each layer, where the backend can")
    .option("--no-peaks", "take no peaks before and after: quicker, and no figure is told as a share of them")
    .option("--output <folder>", "where the run file goes (.mnb/runs without this)")
    .option("--resume [id]", "go on with an interrupted run: the last one, or that of the id")
    .action(async (cells: string[], options: RunOptions, command: Command) => {
      const began = performance.now();
      const output = options.output === undefined ? undefined : resolve(options.output);
      await probeOutput(runsFolder(), "folder");
      if (output !== undefined) await probeOutput(output, "folder");
      const run =
        options.resume === undefined
          ? await start(cells, options, output ?? runsFolder())
          : await resume(options.resume, cells, command);
      if (output === undefined) await probeOutput(run.folder.start.output, "folder");
      const outcome = await measureWithProgress(run, output);
      await report(outcome, options.format, performance.now() - began);
      if (!outcome.complete) return;
      const { demands, strict } = run.folder.start;
      exitAfter(outcome.run.cells, demands, strict || options.strict);
    });
}

/** What changes nothing of what is measured. Every other option decides it, and a run keeps those that it began with. */
const WITH_RESUME: readonly (keyof RunOptions)[] = ["resume", "output", "strict", "format", "json"];

async function resume(id: string | true, cells: readonly string[], command: Command): Promise<OpenRun> {
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => !WITH_RESUME.some((name) => name === option.attributeName()))
    .map(({ long }) => long);
  const refused = [...(cells.length > 0 ? ["the cells"] : []), ...given];
  if (refused.length > 0)
    throw new UsageError(
      `--resume takes up the cells and options that its run began with. Leave ${refused.join(", ")} out, or start a new run.`,
    );
  return resumeRun(id === true ? "last" : id, note);
}

async function start(cells: readonly string[], options: RunOptions, output: string): Promise<OpenRun> {
  const given = await readGiven(options);
  const { filters, known } = await resolveNames(toFilters(cells, options), targetsOf(options));
  const whole = await makePlan(filters, known, given.weights?.model);
  const plan = options.shard ? takeShard(whole, options.shard) : whole;
  const protocol = { ...PROTOCOLS[options.protocol ?? plan.protocol], ...limitsOf(options) };
  const folders = [runsFolder(), output, publishedFolder()];
  const prepared = await prepareRun(plan, protocol, { folders, peaks: options.peaks });
  for (const line of describePlan(plan, prepared)) note(line);
  return startRun(plan, {
    protocol,
    ...(Object.keys(prepared.few).length > 0 && { few: { ...prepared.few } }),
    estimatedMs: prepared.cellsMs,
    seed: options.seed,
    ...filesOf(given),
    keepSamples: options.samples ?? false,
    profile: options.profile ?? false,
    peaks: options.peaks,
    strict: options.strict ?? false,
    browser: browserFlagsOf(options),
    output,
  });
}

async function measureWithProgress(run: OpenRun, output: string | undefined): Promise<RunOutcome> {
  const { start } = run.folder;
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  const planned = start.cells.map((id) => ({ id, model: parseCellId(id).model }));
  const ledger = await run.folder.ledger(note);
  const left = cellsLeft(start, ledger).length;
  for (const { trouble } of await examineMachine()) if (trouble) note(`${trouble.reason} ${trouble.remedy}`);
  if (run.part.number > 1) for (const line of describeKept(start, ledger)) note(line);
  note(
    `Measuring ${howMany(left, "cell")} on ${start.environment.cpu.model}, ${start.environment.cpu.cores} cores.`,
  );
  const progress = startProgress(countSteps(planned, start.protocol, ledger, start.few));
  let finished = 0;
  try {
    return await continueRun(run, {
      signal: interrupt.signal,
      targets: targetsOf(start.browser),
      ...(output !== undefined && { output }),
      onStep: (cell, count) => progress.step(cell, count),
      onCell: (cell) => progress.log(`[${++finished}/${left}] ${cell.id}  ${oneLine(cell)}`),
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

/** @param tookMs since the command began: clocks of the day may be set back meanwhile */
async function report(outcome: RunOutcome, format: RunFormat, tookMs: number): Promise<void> {
  const { run } = outcome;
  if (format === "json" || run.cells.length > 0)
    print(renderRun(run, format, { earlier: await earlierOf(outcome) }));
  if (!outcome.complete) {
    note(`Interrupted. Finished sets are kept; go on with: mnb run --resume ${outcome.id}`);
    process.exitCode = EXIT.interrupted;
    return;
  }
  note(`${howMany(run.cells.length, "cell")} in ${duration(tookMs)}. Run file: ${outcome.path}`);
  const outcomeOfEstimate = describeOutcome(run);
  if (outcomeOfEstimate !== undefined) note(outcomeOfEstimate);
  const impossible = impossibleFigures(run.cells, run.environment);
  for (const line of impossible) note(line);
  if (impossible.length > 0) process.exitCode = EXIT.wrong;
}

/** Of the folder that the run file went to. */
async function earlierOf(outcome: RunOutcome): Promise<Run[]> {
  if (!outcome.complete) return [];
  return earlierRuns(dirname(outcome.path), outcome.run, ({ message }) => note(message));
}
