import { shortModelName } from "@mobilenet-bench/spec";
import type { OptionSpec } from "@mobilenet-bench/backend";
import { AXES, formatCellId } from "@mobilenet-bench/results";
import { listRuns } from "@mobilenet-bench/results/store";
import { gitOf } from "../builds/git.ts";
import { BACKEND_IDS, NAMED_BACKENDS } from "../registry/backends.ts";
import { cloneFolder, publishedFolder, runsFolder } from "../folders.ts";
import { makePlan } from "../plan/plan.ts";
import { SUITES, SWEEP_MODELS, VARIANT_MODELS } from "../plan/suites.ts";
import { createTargets } from "../target/targets.ts";

/** What a shell may complete a word with. */
export type Candidates = readonly string[];

const TARGETS = createTargets();
const MODELS = [...SWEEP_MODELS, ...VARIANT_MODELS];

const VALUES: Readonly<Record<string, Candidates>> = {
  model: MODELS.map(shortModelName),
  backend: BACKEND_IDS,
  base: BACKEND_IDS,
  target: Object.keys(TARGETS),
  suite: Object.keys(SUITES),
  ...Object.fromEntries(Object.entries(AXES).map(([axis, { values }]) => [axis, candidatesAmong(values)])),
};

/** Of numbers, the few smallest that are doubled. */
function candidatesAmong(values: OptionSpec["values"]): Candidates {
  return "min" in values ? [1, 2, 4].map((times) => String(times * values.min)) : values;
}

/** The values of an option of that name, where they can be listed. */
export function candidatesOf(name: string): Candidates | undefined {
  return Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
}

/** The ids of cells with one thread, with the models' names as long or as short as the word begins. */
export async function cellIds(word: string): Promise<Candidates> {
  const { cells } = await makePlan(
    { model: MODELS, target: ["*"] },
    { backends: NAMED_BACKENDS, targets: TARGETS },
  );
  const ids = cells.map((cell) => formatCellId(cell));
  return /^\d/.test(word) ? ids.map(shortModelName) : ids;
}

/** What `mnb show` takes besides files. */
export async function runNames(): Promise<Candidates> {
  return ["latest", ...(await listRuns([runsFolder(), publishedFolder()]))];
}

/** The branches and tags of the clone that this program runs from; none where there is no such thing. */
export async function refNames(): Promise<Candidates> {
  const clone = cloneFolder();
  return clone === undefined ? [] : gitOf(clone).refs();
}
