import type { Cell, Run } from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { EarlierFigure } from "../src/pages/cell-data.ts";
import { distinctTitles } from "./distinct-titles.ts";
import { newestFirst, newestOf, type MachinePlaces } from "./newest-of.ts";
import type { PublishedRun } from "./published-run.ts";
import { digestOf, type RunDigest } from "./run-digest.ts";

/** The newest that is known of one cell on one machine. */
export interface Figure {
  readonly cell: Cell;
  readonly run: Run;
  readonly facts: RunFacts;
  /** Whether it is carried over: a newer whole run of the same suite no longer has the cell. */
  readonly stale: boolean;
}

/** One machine: its newest figures, by cell id, and what came before them. */
export interface MachineFigures {
  readonly machine: MachineFacts;
  readonly figures: ReadonlyMap<string, Figure>;
  /** The newest first; the figure itself is not among them. */
  readonly earlier: ReadonlyMap<string, readonly EarlierFigure[]>;
}

/** All machines, and all runs whether or not a newest figure is of them. */
export interface Newest {
  readonly machines: readonly MachineFigures[];
  /** The newest first. */
  readonly runs: readonly RunFacts[];
}

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
  const opened = new Map<string, ReadonlyMap<string, Figure>>();
  const machines: MachineFigures[] = [];
  for (const places of newestOf(digests)) machines.push(await figuresAt(places, opened, open));
  return { machines: distinctTitles(machines), runs: newestFirst(digests).map(({ facts }) => facts) };
}

async function figuresAt(
  { machine, places, earlier }: MachinePlaces,
  opened: Map<string, ReadonlyMap<string, Figure>>,
  open: (facts: RunFacts) => Promise<Run>,
): Promise<MachineFigures> {
  const figures = new Map<string, Figure>();
  for (const [id, { facts, stale }] of places) {
    const ofRun = opened.get(facts.id) ?? figuresOf(await open(facts), facts);
    opened.set(facts.id, ofRun);
    const figure = ofRun.get(id);
    if (figure !== undefined) figures.set(id, { ...figure, stale });
  }
  return { machine, figures, earlier };
}

function figuresOf(run: Run, facts: RunFacts): Map<string, Figure> {
  return new Map(run.cells.map((cell) => [cell.id, { cell, run, facts, stale: false }]));
}
