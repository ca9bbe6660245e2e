import { createHash } from "node:crypto";
import { join } from "node:path";
import { sourceCommit } from "../environment/commit.ts";
import { prepareRun } from "../estimate/prepare-run.ts";
import { makePlan, type Filters } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { shardLimitsOf } from "../plan/suites.ts";
import { PROTOCOLS, type ProtocolName } from "../protocol.ts";
import { createTargets } from "../target/targets.ts";
import { UsageError } from "../usage-error.ts";
import { readState, stateFile, type NightState } from "./night-state.ts";
import { stepsOf, type NightPlan } from "./steps.ts";

/** What a command line says of a night. */
export interface NightRequest extends Omit<NightPlan, "folder" | "shards" | "control"> {
  /** The same as `measure`, in parts. */
  readonly filters: Filters;
  readonly protocol?: ProtocolName;
  /** Decided by how long they take, where left out. */
  readonly shards?: number;
  readonly control: Omit<NightPlan["control"], "seed">;
}

/** Where a night is kept, and what shards are estimated by. */
export interface NightRoom {
  readonly nights: string;
  /** Of earlier runs. */
  readonly runs: readonly string[];
  /** The root of the checkout. */
  readonly clone: string;
  readonly now: Date;
}

/** A night that is to be done, or gone on with. */
export interface BegunNight {
  readonly path: string;
  readonly state: NightState;
  /** Whether some of it was done before. */
  readonly isResumed: boolean;
}

/**
 * The commands of a night; of one that was begun before, those that were decided then.
 * @throws UsageError where that was begun otherwise, or of another commit
 */
export async function beginNight(request: NightRequest, room: NightRoom): Promise<BegunNight> {
  const path = stateFile(room.nights, request.id);
  const { commit, dirty } = await sourceCommit(room.clone);
  const clean = dirty ? null : commit;
  const before = await readState(path);
  const shards = request.shards ?? shardsIn(before) ?? (await shardsFor(request, room));
  const steps = stepsOf(planOf(request, room, shards));
  if (!before) {
    const state: NightState = {
      version: 1,
      id: request.id,
      startedAt: room.now.toISOString(),
      commit: clean,
      steps: steps.map(({ id, words, done }) => ({ id, words: [...words], done: [...done] })),
      done: [],
    };
    return { path, state, isResumed: false };
  }
  if (JSON.stringify(before.steps) !== JSON.stringify(steps))
    throw new UsageError(
      `The night ${request.id} was begun with other options. Give it those, or begin another one: --night NAME.`,
    );
  if (before.commit !== clean)
    throw new UsageError(
      `The night ${request.id} was begun with ${before.commit ?? "changes that were not committed"}, and this is ${clean ?? "no commit, or has changes"}. Go back to that, or begin another one: --night NAME.`,
    );
  return { path, state: before, isResumed: true };
}

function planOf({ control, ...request }: NightRequest, { nights }: NightRoom, shards: number): NightPlan {
  const { id, data, site, measure, publish, issues } = request;
  return {
    id,
    folder: join(nights, id),
    data,
    site,
    measure,
    shards,
    control: { ...control, seed: seedOf(id) },
    ...(publish && { publish }),
    issues,
  };
}

/** The order of the pairs of two nights has nothing to do with one another. */
function seedOf(id: string): number {
  return Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 6), 16);
}

function shardsIn(state: NightState | undefined): number | undefined {
  return state?.steps.filter(({ id }) => id.startsWith("run-")).length;
}

/** As few as keep within what the suite says a shard may take; one where it says nothing. */
async function shardsFor({ filters: asked, protocol }: NightRequest, { runs }: NightRoom): Promise<number> {
  const { filters, known } = await resolveNames(asked, createTargets());
  const plan = await makePlan(filters, known);
  const limits = shardLimitsOf(plan.suite);
  if (!limits) return 1;
  const options = { folders: runs, peaks: true };
  const { cellsMs, besidesMs } = await prepareRun(plan, PROTOCOLS[protocol ?? plan.protocol], options);
  const room = limits.minutes * 60_000 - besidesMs;
  const models = new Set(plan.cells.map(({ model }) => model)).size;
  const wanted = Math.ceil(cellsMs / Math.max(room, 1));
  return Math.max(1, Math.min(wanted, limits.most, models));
}
