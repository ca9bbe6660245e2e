import {
  nominate,
  vanishedCells,
  type KnownOfNight,
  type NightFacts,
  type Run,
} from "@mobilenet-bench/results";
import { allRuns, readHistory } from "@mobilenet-bench/results/store";
import { UsageError } from "../usage-error.ts";
import type { DataFolder } from "./data-folder.ts";

/** Where a night's facts are read. */
export interface NightSources {
  /** With all older nights in it, and this one's runs. */
  readonly data: DataFolder;
  /** A folder of this night's run files alone. */
  readonly runs: string;
  /** Of what histories need not read again. */
  readonly cache: string;
  readonly onTrouble: (error: Error) => void;
}

/**
 * What histories, comparisons and alerts say of the runs of a night.
 * @throws UsageError where it has none
 */
export async function nightFacts(
  { data, runs: folder, cache, onTrouble }: NightSources,
  { id, at }: Pick<NightFacts, "id" | "at">,
): Promise<NightFacts> {
  const runs: Run[] = [];
  for await (const run of allRuns([folder], onTrouble)) runs.push(run);
  const [first] = runs;
  if (!first)
    throw new UsageError(`${folder} has no run of this night. Measure first: mnb run --output ${folder}.`);
  // Both: what was not merged yet counts as well.
  const history = await readHistory([data.path, folder], { cache, onTrouble });
  const ids = runs.map((run) => run.id);
  const known: KnownOfNight = {
    nominees: nominate(history, ids),
    alerts: await data.alerts(),
    comparisons: await data.comparisons(),
    commit: commitOf(runs),
    historyOnly: historyOnlyIn(runs),
  };
  return {
    ...known,
    id,
    at,
    runs: ids,
    simulated: runs.some(({ simulated }) => simulated !== undefined),
    vanished: vanishedCells(history, ids),
    figured: figuredIn(runs),
  };
}

/** Shards of one night are of one commit; where they are not, no pair can be of it. */
function commitOf(runs: readonly Run[]): string | null {
  const commits = new Set(runs.map(({ environment }) => (environment.dirty ? null : environment.commit)));
  const [commit = null] = commits;
  return commits.size === 1 ? commit : null;
}

function historyOnlyIn(runs: readonly Run[]): ReadonlyMap<string, string> {
  return new Map(
    runs.flatMap(({ environment: { machine }, cells }) =>
      cells.flatMap((cell) =>
        cell.status === "ok" && cell.fewSets ? [[`${machine} ${cell.id}`, cell.fewSets.reason] as const] : [],
      ),
    ),
  );
}

function figuredIn(runs: readonly Run[]): ReadonlySet<string> {
  return new Set(
    runs.flatMap(({ environment: { machine }, cells }) =>
      cells.filter(({ status }) => status === "ok").map(({ id }) => `${machine} ${id}`),
    ),
  );
}
