import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { EarlierFigure } from "../src/pages/cell-data.ts";
import type { RunDigest, RunLine } from "./run-digest.ts";

/** Which run has the newest of one cell. */
export interface Place {
  readonly facts: RunFacts;
  /** Whether a newer whole run of the same suite no longer has the cell: it has vanished, and this is carried over. */
  readonly stale: boolean;
}

/** One machine: where the newest of every cell is, by cell id, and what came before it. */
export interface MachinePlaces {
  /** By its newest run. */
  readonly machine: MachineFacts;
  readonly places: ReadonlyMap<string, Place>;
  /** The newest first; the newest of all is not among them. */
  readonly earlier: ReadonlyMap<string, readonly EarlierFigure[]>;
}

/** So many lines of history are kept of a cell. */
const MOST_EARLIER = 14;

interface Gathered {
  readonly machine: MachineFacts;
  readonly places: Map<string, Place>;
  readonly earlier: Map<string, EarlierFigure[]>;
  readonly suites: Set<string>;
}

/**
 * Where the newest of every cell is. Runs of different suites complete each other: a quick run after a sweep renews the cells that
 * it has, and says nothing of the others.
 * @param digests in any order
 * @returns the machine of the newest run first
 */
export function newestOf(digests: readonly RunDigest[]): MachinePlaces[] {
  const machines = new Map<string, Gathered>();
  for (const digest of newestFirst(digests)) {
    const { facts, machine } = digest;
    const gathered = machines.get(facts.machine) ?? {
      machine,
      places: new Map(),
      earlier: new Map(),
      suites: new Set(),
    };
    machines.set(facts.machine, gathered);
    gather(gathered, digest);
  }
  return [...machines.values()];
}

/** Of runs that began at once, in the order of their ids: equal runs make equal sites. */
export function newestFirst(digests: readonly RunDigest[]): RunDigest[] {
  const key = ({ facts }: RunDigest) => `${facts.startedAt} ${facts.id}`;
  return digests.toSorted((a, b) => (key(a) < key(b) ? 1 : -1));
}

function gather({ places, earlier, suites }: Gathered, { facts, shard, lines }: RunDigest): void {
  // Cells that were chosen by hand are a suite of their own, and so is a part of one: it says nothing of the others.
  const suite = facts.suite === null ? facts.id : [facts.suite, shard ?? ""].join(" ");
  const stale = suites.has(suite);
  for (const line of lines)
    if (places.has(line.id)) addEarlier(earlier, line, facts);
    else places.set(line.id, { facts, stale });
  // What an interrupted run has not, it may only not have come to.
  if (facts.complete) suites.add(suite);
}

function addEarlier(earlier: Gathered["earlier"], line: RunLine, facts: RunFacts): void {
  const { id, ...figure } = line;
  const lines = earlier.get(id) ?? [];
  if (lines.length >= MOST_EARLIER) return;
  lines.push({ run: facts.id, startedAt: facts.startedAt, ...figure });
  earlier.set(id, lines);
}
