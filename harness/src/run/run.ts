import { randomBytes } from "node:crypto";
import { WriteError } from "@mobilenet-bench/files";
import { parseCellId, SCHEMA_VERSION, type Cell, type Environment, type Run } from "@mobilenet-bench/results";
import { captureEnvironment } from "../environment/environment.ts";
import { captureState } from "../environment/state/capture-state.ts";
import { readCounters } from "../environment/state/counters.ts";
import { projectFolder, runsFolder } from "../folders.ts";
import { comparePeaks, ratesOf } from "../peak/agree.ts";
import { measureReads } from "../peak/measure-reads.ts";
import { contenders, measurePeaks } from "../peak/peak.ts";
import { planCell, withNetwork, type PlannedCell } from "../plan/cell.ts";
import type { Plan } from "../plan/plan.ts";
import { measuresSoftwareGpus } from "../plan/suites.ts";
import type { Target } from "../target/target.ts";
import { readAgain } from "./given-files.ts";
import { RunKeptError } from "./kept-error.ts";
import { measure, type MeasureOptions } from "./measure.ts";
import { backendsWith, modulesOf, refuseOtherModules, withoutUrls } from "./outside-modules.ts";
import { Part } from "./parts.ts";
import type { Ledger } from "./ledger.ts";
import { referenceSpinMs } from "./reference-spin.ts";
import { keptReferences } from "./references.ts";
import { RunFolder } from "./run-folder.ts";
import { CHANGED_CLONE, refuseOtherBuild } from "./same-build.ts";
import type { RunSettings, Start } from "./start.ts";
import { setsOf } from "./sets-of.ts";
import { summarizeCell, type SummaryOptions } from "./summarize-cell.ts";

/** A run that this process measures, and nobody else. */
export interface OpenRun {
  readonly folder: RunFolder;
  readonly part: Part;
}

/** Where a run opens its runners, what ends it, and who is told. */
export interface RunHooks extends Pick<MeasureOptions, "expect"> {
  readonly signal: AbortSignal;
  readonly targets: Readonly<Record<string, Target>>;
  readonly onCell: (cell: Cell) => void;
  readonly onStep: (cell: string, count: number) => void;
  /** Where the run file goes, if not to where the run began with. */
  readonly output?: string;
}

/** How measuring came to an end. */
export type RunOutcome =
  | { readonly complete: true; readonly run: Run; readonly path: string }
  /** Interrupted: what is finished is kept, and the id resumes it. */
  | { readonly complete: false; readonly run: Run; readonly id: string };

/** Begins a run: its environment is captured and its plan stored before anything is measured. */
export async function startRun(
  plan: Plan,
  settings: Omit<RunSettings, "modules">,
  now = new Date(),
  end = randomBytes(3).toString("hex"),
): Promise<OpenRun> {
  const captured = await captureEnvironment(projectFolder());
  const environment = settings.peaks ? await withPeaks(captured) : captured;
  const folder = await RunFolder.create(runsFolder(), {
    id: `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${settings.seed}-${end}`,
    startedAt: now.toISOString(),
    suite: plan.suite,
    ...(plan.shard && { shard: plan.shard }),
    demands: plan.demands,
    ...settings,
    modules: await modulesOf(plan.cells),
    environment,
    cells: plan.cells.map(({ id }) => id),
  });
  return { folder, part: await Part.begin(folder.parts, environment, now) };
}

/**
 * Takes up an interrupted run, on the machine and with the program that began it.
 * @param id or "last"
 * @param say is told what a user should know
 * @throws UsageError where there is none, where it is still being measured, or where its cells would not belong together
 */
export async function resumeRun(id: string, say: (text: string) => void): Promise<OpenRun> {
  const folder = await RunFolder.open(runsFolder(), id, ({ path, reason }) =>
    say(`${path} is no unfinished run and is left alone: ${reason}`),
  );
  const environment = await captureEnvironment(projectFolder());
  const then = folder.start.environment;
  refuseOtherBuild(then, environment);
  await refuseOtherModules(folder.start.modules ?? {}, "run");
  if (then.dirty && environment.dirty) say(CHANGED_CLONE);
  return { folder, part: await Part.begin(folder.parts, environment) };
}

/**
 * Measures what is not yet finished.
 * @throws RunKeptError where what was measured cannot be written down
 */
export async function continueRun({ folder, part }: OpenRun, hooks: RunHooks): Promise<RunOutcome> {
  const output = hooks.output ?? folder.start.output;
  try {
    const finished = await folder.finishedRun();
    if (finished) return { complete: true, run: finished, path: await folder.finish(finished, output) };
    const run = await measureRest(folder, part, hooks);
    if (!run.complete) return { complete: false, run, id: run.id };
    return { complete: true, run, path: await folder.finish(run, output) };
  } catch (error) {
    throw error instanceof WriteError ? new RunKeptError(error, folder) : error;
  } finally {
    await part.end();
  }
}

async function measureRest(folder: RunFolder, part: Part, hooks: RunHooks): Promise<Run> {
  const { start } = folder;
  const { modules = {} } = start;
  const ledger = await folder.ledger();
  const given = await readAgain(start, "run");
  const { picture, weights } = given;
  const known = { backends: backendsWith(modules), targets: hooks.targets };
  const cells = start.cells.map((id) => withNetwork(planCell(parseCellId(id), known), weights?.model));
  const counters = readCounters();
  const { protocol, seed, keepSamples, few = {} } = start;
  const options = { protocol, seed, keepSamples, few };
  const journal = await folder.beginJournal(part);
  try {
    await measure({
      ...options,
      profile: start.profile,
      softwareGpus: measuresSoftwareGpus(start.suite),
      ...hooks,
      expect: keptReferences(folder.references, hooks.expect),
      ledger,
      part: part.number,
      given,
      cells,
      keep: (entry) => journal.keep(entry),
      onCell: (cell) => Promise.resolve(hooks.onCell(cell)),
    });
  } finally {
    await journal.close();
  }
  const ended = cells.flatMap((cell) => endOf(cell, ledger, options) ?? []);
  const parts = await partsOf(folder, ledger);
  const after = await captureState(counters);
  const complete = ended.length === start.cells.length;
  return {
    schema: SCHEMA_VERSION,
    id: start.id,
    startedAt: start.startedAt,
    finishedAt: new Date().toISOString(),
    complete,
    suite: start.suite,
    ...(start.shard && { shard: start.shard }),
    seed: start.seed,
    ...(picture && { picture: { name: picture.name, sha256: picture.sha256 } }),
    ...(weights && { weights: { name: weights.name, sha256: weights.sha256 } }),
    ...(Object.keys(modules).length > 0 && { modules: withoutUrls(modules) }),
    environment: { ...start.environment, after, ...(start.peaks && (await peaksOf(start, hooks.signal))) },
    ...(parts.length > 1 && { parts }),
    protocol: start.protocol,
    loops: await loopsOf(ledger, folder, complete),
    time: {
      ...ledger.time(),
      ...(start.estimatedMs !== undefined && { estimatedMs: start.estimatedMs }),
    },
    cells: ended,
  };
}

/** What is taken before the cells. */
async function withPeaks(captured: Environment): Promise<Environment> {
  const peak = ratesOf(await measurePeaks());
  return { ...captured, peak, memoryReads: await measureReads(captured) };
}

/** The peaks of before and after the cells; an interrupted run has no time for the latter. */
async function peaksOf({ environment: { peak = {} } }: Start, { aborted }: AbortSignal) {
  return comparePeaks(peak, aborted ? undefined : await measurePeaks(contenders(peak)));
}

/** What became of a cell; undefined where sets of it are missing. */
function endOf(cell: PlannedCell, ledger: Ledger, options: SummaryOptions): Cell | undefined {
  const failure = ledger.failureOf(cell.id);
  if (failure) return failure;
  const processes = ledger.processesOf(cell.id);
  const { length } = setsOf(cell.id, options.protocol, options.few);
  return processes.length === length ? summarizeCell(cell, processes, options) : undefined;
}

async function loopsOf(
  ledger: Ledger,
  { loops, start }: RunFolder,
  complete: boolean,
): Promise<NonNullable<Run["loops"]>> {
  const sets = ledger.loops();
  const { machine } = start.environment;
  return { referenceSpinMs: await referenceSpinMs(loops, machine, complete ? sets : []), sets };
}

/** What each process did that did anything. */
async function partsOf(folder: RunFolder, ledger: Ledger): Promise<NonNullable<Run["parts"]>> {
  const records = await Part.all(folder.parts);
  return [...records].flatMap(([number, { startedAt, environment }]) => {
    const done = ledger.part(number);
    const isIdle = done.sets.length === 0 && done.discardedBlocks === 0;
    return isIdle ? [] : [{ startedAt, environment, ...done }];
  });
}
