import {
  HISTORY,
  historyInterval,
  newestFirst,
  newestPlaces,
  type Cell,
  type Place,
  type Run,
} from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { EarlierFigure } from "../src/pages/cell-data.ts";
import { distinctTitles } from "./distinct-titles.ts";
import type { PublishedRun } from "./published-run.ts";
import { digestOf, type RunDigest } from "./run-digest.ts";

/** The newest that is known of one cell on one machine. */
export interface Figure {
  readonly cell: Cell;
  readonly run: Run;
  readonly facts: RunFacts;
  /** Whether it is carried over: a newer whole run of the same suite no longer has the cell. */
  readonly stale: boolean;
  /** Within what another run would be, in milliseconds; absent where less than three runs came before. */
  readonly anotherRun?: readonly [low: number, high: number];
}

/** One machine: its newest figures, by cell id, and what came before them. */
export interface MachineFigures {
  /** By its newest run. */
  readonly machine: MachineFacts;
  readonly figures: ReadonlyMap<string, Figure>;
  /** The newest first; the figure itself is not among them. */
  readonly earlier: ReadonlyMap<string, readonly EarlierFigure[]>;
}

/** All machines, and all runs whether or not a newest figure is of them. */
export interface Newest {
  /** That of the newest run first. */
  readonly machines: readonly MachineFigures[];
  /** The newest first. */
  readonly runs: readonly RunFacts[];
}

/** So many lines of history are kept of a cell. */
const MOST_EARLIER = 14;

/** The newest figure of every cell of a few runs, in any order. */
export function newestFigures(published: readonly PublishedRun[]): Promise<Newest> {
  const runs = new Map(published.map(({ run }) => [run.id, run]));
  return newestOfDigests(published.map(digestOf), ({ id }) => {
    const run = runs.get(id);
    if (run === undefined)
      throw new Error(`[docs] run ${id} is not at hand. This is a bug; please report it.`);
    return Promise.resolve(run);
  });
}

/**
 * The same of very many: only those runs are opened that have a newest figure.
 * @param open reads a run
 */
export async function newestOfDigests(
  digests: readonly RunDigest[],
  open: (facts: RunFacts) => Promise<Run>,
): Promise<Newest> {
  const sorted = newestFirst(digests, ({ facts }) => facts);
  const opened = new Map<string, ReadonlyMap<string, Figure>>();
  const machines: MachineFigures[] = [];
  const ofMachines = newestPlaces(sorted, ({ facts, shard, lines }) => ({
    ...facts,
    ...(shard && { shard }),
    cells: lines.map(({ id }) => id),
  }));
  for (const [id, places] of ofMachines) {
    const newest = sorted.find(({ facts }) => facts.machine === id);
    if (newest === undefined) continue;
    machines.push({
      machine: newest.machine,
      figures: await figuresAt(places, opened, open),
      earlier: new Map([...places].map(([cell, { earlier }]) => [cell, earlierFigures(cell, earlier)])),
    });
  }
  return { machines: distinctTitles(machines), runs: sorted.map(({ facts }) => facts) };
}

async function figuresAt(
  places: ReadonlyMap<string, Place<RunDigest>>,
  opened: Map<string, ReadonlyMap<string, Figure>>,
  open: (facts: RunFacts) => Promise<Run>,
): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>();
  for (const [id, place] of places) {
    const { run, stale } = place;
    const { facts } = run;
    const ofRun = opened.get(facts.id) ?? figuresOf(await open(facts), facts);
    opened.set(facts.id, ofRun);
    const figure = ofRun.get(id);
    const anotherRun = anotherRunOf(id, place);
    if (figure !== undefined) figures.set(id, { ...figure, stale, ...(anotherRun && { anotherRun }) });
  }
  return figures;
}

/** From the runs before, by the same protocol. */
function anotherRunOf(
  id: string,
  { run, earlier }: Place<RunDigest>,
): readonly [low: number, high: number] | undefined {
  const figureOf = ({ lines }: RunDigest) => {
    const ms = lines.find((line) => line.id === id)?.ms;
    return ms !== undefined && ms > 0 ? ms : undefined;
  };
  const own = figureOf(run);
  if (own === undefined) return undefined;
  const before = earlier
    .slice(0, MOST_EARLIER)
    .filter(({ facts, protocol }) => protocol === run.protocol && facts.startedAt < run.facts.startedAt)
    .flatMap((other) => figureOf(other) ?? [])
    .slice(0, HISTORY.runs);
  return historyInterval([...before.toReversed(), own]).interval;
}

function figuresOf(run: Run, facts: RunFacts): Map<string, Figure> {
  return new Map(run.cells.map((cell) => [cell.id, { cell, run, facts, stale: false }]));
}

function earlierFigures(cell: string, earlier: readonly RunDigest[]): EarlierFigure[] {
  return earlier.slice(0, MOST_EARLIER).flatMap(({ facts, lines }) =>
    lines.flatMap((line) => {
      const { id, ...figure } = line;
      return id === cell ? [{ run: facts.id, startedAt: facts.startedAt, ...figure }] : [];
    }),
  );
}
