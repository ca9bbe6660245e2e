import { formatShard, type Shard } from "./shard.ts";

/** What of a run tells which of its cells are the newest. */
export interface DatedRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: string;
  /** Null: cells that were chosen by hand, a suite of their own. */
  readonly suite: string | null;
  /** Of the suite, where the run measured a part of it: a part says nothing of the others. */
  readonly shard?: Shard;
  readonly complete: boolean;
  /** Ids. */
  readonly cells: readonly string[];
}

/** Which run has the newest of one cell. */
export interface Place<OneRun> {
  readonly run: OneRun;
  /** Whether a newer whole run of the same suite no longer has the cell: it has vanished, and this is carried over. */
  readonly stale: boolean;
  /** The other runs that have it, the newest first. */
  readonly earlier: readonly OneRun[];
}

type Places<OneRun> = Map<string, Place<OneRun> & { readonly earlier: OneRun[] }>;

/** Of runs that began at once, in the order of their ids: what is made of equal runs is equal. */
export function newestFirst<OneRun>(
  runs: readonly OneRun[],
  datedOf: (run: OneRun) => Pick<DatedRun, "id" | "startedAt">,
): OneRun[] {
  const dated = runs.map((run) => [datedOf(run), run] as const);
  return dated
    .toSorted(([a], [b]) => compare(b.startedAt, a.startedAt) || compare(b.id, a.id))
    .map(([, run]) => run);
}

/**
 * Where the newest of every cell is, on every machine. Runs of different suites complete each other: a quick run after a sweep
 * renews the cells that it has, and says nothing of the others.
 * @param runs in any order, each once
 * @returns by machine, that of the newest run first, and by the id of the cell
 */
export function newestPlaces<OneRun>(
  runs: readonly OneRun[],
  datedOf: (run: OneRun) => DatedRun,
): Map<string, Map<string, Place<OneRun>>> {
  const machines = new Map<string, Places<OneRun>>();
  /** Suites of which a newer whole run was seen. */
  const seen = new Set<string>();
  for (const run of newestFirst(runs, datedOf)) {
    const { id, machine, suite, shard, complete, cells } = datedOf(run);
    const places: Places<OneRun> = machines.get(machine) ?? new Map();
    machines.set(machine, places);
    const part = shard === undefined ? "" : formatShard(shard);
    const key = `${machine} ${suite ?? id} ${part}`;
    for (const cell of cells) {
      const place = places.get(cell);
      if (place === undefined) places.set(cell, { run, stale: seen.has(key), earlier: [] });
      else place.earlier.push(run);
    }
    // What an interrupted run has not, it may only not have come to.
    if (complete) seen.add(key);
  }
  return machines;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
