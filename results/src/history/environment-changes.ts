import { changesAt, keyOf } from "./causes.ts";
import type { Cause, History, HistoryRun, Series } from "./history.ts";

/** A change of the environment, and what became of the cells that it concerns. */
export interface EnvironmentChange extends Cause {
  readonly machine: string;
  /** The first run with it. */
  readonly run: HistoryRun;
  /** How many series go on over it. */
  readonly concerned: number;
  /** How many of these changed level there, and have it among the causes. */
  readonly changed: number;
}

/** Shards of a night, and cells that were not there in it, see the same change some runs later. */
const ONE_CHANGE_MS = 3 * 86_400_000;

/** What changed around the cells: neither commits nor what they changed inside a backend. In the order of time. */
export function environmentChanges({ series }: Pick<History, "series">): EnvironmentChange[] {
  const changes = new Map<string, EnvironmentChange[]>();
  for (const one of series)
    one.points.forEach(({ run }, at) => {
      for (const cause of changesAt(one, at)) {
        if (cause.kind === "variant") continue;
        const key = `${one.machine} ${keyOf(cause)}`;
        const known = changes.get(key) ?? [];
        const same = known.findIndex((other) => isNear(other.run, run));
        const before = known[same];
        const after = added(before, { machine: one.machine, run, cause, blamed: isBlamed(one, cause) });
        changes.set(key, before ? known.with(same, after) : [...known, after]);
      }
    });
  return [...changes.values()].flat().toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
}

interface Seen {
  readonly machine: string;
  readonly run: HistoryRun;
  readonly cause: Cause;
  readonly blamed: boolean;
}

function added(
  known: EnvironmentChange | undefined,
  { machine, run, cause, blamed }: Seen,
): EnvironmentChange {
  const { concerned = 0, changed = 0, run: first = run } = known ?? {};
  return {
    ...cause,
    machine,
    run: first.startedAt <= run.startedAt ? first : run,
    concerned: concerned + 1,
    changed: changed + (blamed ? 1 : 0),
  };
}

function isNear(one: HistoryRun, other: HistoryRun): boolean {
  return Math.abs(Date.parse(one.startedAt) - Date.parse(other.startedAt)) <= ONE_CHANGE_MS;
}

function isBlamed({ changes }: Series, cause: Cause): boolean {
  const key = keyOf(cause);
  return changes.some(({ causes }) => causes.some((one) => keyOf(one) === key));
}
