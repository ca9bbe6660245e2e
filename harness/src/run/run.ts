import { writeRun, SCHEMA_VERSION, type Cell, type Protocol, type Run } from "@mobilenet-bench/results";
import { captureEnvironment, captureLoad } from "../environment/environment.ts";
import { readCpuTicks } from "../environment/steal.ts";
import { projectFolder, runsFolder } from "../folders.ts";
import { comparePeaks, ratesOf } from "../peak/agree.ts";
import { measurePeaks } from "../peak/peak.ts";
import { parseCellId } from "@mobilenet-bench/results";
import { planCell, withNetwork } from "../plan/cell.ts";
import type { Plan } from "../plan/plan.ts";
import { measuresSoftwareGpus } from "../plan/suites.ts";
import { measure } from "./measure.ts";
import { readGiven, type Given } from "./given.ts";
import type { Target } from "../target/target.ts";
import { RunFolder } from "./run-folder.ts";
import { UsageError } from "../usage-error.ts";

export interface RunSettings {
  readonly protocol: Protocol;
  readonly seed: number;
  /** A file, or null for the synthetic image. */
  readonly picture: string | null;
  /** A file with trained weights, or null for generated ones. */
  readonly weights: { readonly path: string; readonly sha256: string } | null;
  readonly keepSamples: boolean;
  readonly profile: boolean;
  /** Whether cells that cannot be had count as wrong even where nobody named them. */
  readonly strict: boolean;
  /** Where the run file goes. */
  readonly output: string;
}

export interface RunHooks {
  readonly signal: AbortSignal;
  readonly targets: Readonly<Record<string, Target>>;
  readonly onCell: (cell: Cell) => void;
  readonly onStep: (cell: string) => void;
}

export type RunOutcome =
  | { readonly complete: true; readonly run: Run; readonly path: string }
  /** Interrupted: what is finished is kept, and the id resumes it. */
  | { readonly complete: false; readonly run: Run; readonly id: string };

/** Begins a run: its environment is captured and its plan stored before anything is measured. */
export async function startRun(plan: Plan, settings: RunSettings, now = new Date()): Promise<RunFolder> {
  const environment = await captureEnvironment(projectFolder());
  const peak = ratesOf(await measurePeaks());
  return RunFolder.create(runsFolder(), {
    id: `${now.toISOString().slice(0, 19).replaceAll(":", "-")}-${settings.seed}`,
    startedAt: now.toISOString(),
    suite: plan.suite,
    demands: plan.demands,
    ...settings,
    environment: { ...environment, peak },
    cells: plan.cells.map(({ id }) => id),
  });
}

/** Measures what is not yet finished. */
export async function continueRun(folder: RunFolder, hooks: RunHooks): Promise<RunOutcome> {
  const { start } = folder;
  const finished = new Set((await folder.finishedCells()).map(({ id }) => id));
  const given = await readAgain(start);
  const { picture, weights } = given;
  const cells = start.cells
    .filter((id) => !finished.has(id))
    .map((id) => withNetwork(planCell(parseCellId(id)), weights?.model));
  const ticks = await readCpuTicks();
  await measure({
    protocol: start.protocol,
    seed: start.seed,
    keepSamples: start.keepSamples,
    profile: start.profile,
    softwareGpus: measuresSoftwareGpus(start.suite),
    ...hooks,
    given,
    cells,
    onCell: async (cell) => {
      await folder.saveCell(cell);
      hooks.onCell(cell);
    },
  });
  const done = await folder.finishedCells();
  const complete = done.length === start.cells.length;
  const after = await captureLoad(ticks);
  const peaks = hooks.signal.aborted ? undefined : await measurePeaks();
  const run: Run = {
    schema: SCHEMA_VERSION,
    id: start.id,
    startedAt: start.startedAt,
    finishedAt: new Date().toISOString(),
    complete,
    suite: start.suite,
    seed: start.seed,
    ...(picture && { picture: { name: picture.name, sha256: picture.sha256 } }),
    ...(weights && { weights: { name: weights.name, sha256: weights.sha256 } }),
    environment: { ...start.environment, after, ...comparePeaks(start.environment.peak ?? {}, peaks) },
    protocol: start.protocol,
    cells: done,
  };
  if (!complete) return { complete, run, id: start.id };
  const path = await writeRun(start.output, run);
  await folder.remove();
  return { complete, run, path };
}

/** The files that the run began with: where one has changed since, the cells would not belong together. */
async function readAgain({ picture, weights }: RunSettings): Promise<Given> {
  const given = await readGiven({
    ...(picture !== null && { image: picture }),
    ...(weights !== null && { weights: weights.path }),
  });
  if (weights && given.weights?.sha256 !== weights.sha256)
    throw new UsageError(`${weights.path} has changed since the run began. Start a new one.`);
  return given;
}
