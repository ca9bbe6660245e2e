import type { Cell, Run } from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { EarlierFigure } from "../src/pages/cell-data.ts";
import { machineFactsOf, runFactsOf } from "./facts-of.ts";
import type { PublishedRun } from "./published-runs.ts";

/** The newest that is known of one cell on one machine. */
export interface Figure {
  readonly cell: Cell;
  readonly run: Run;
  readonly facts: RunFacts;
  /** Whether a newer whole run of the same suite no longer has the cell: it has vanished, and this is carried over. */
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

/** So many lines of history are kept of a cell. */
const MOST_EARLIER = 14;

interface Gathered {
  readonly machine: MachineFacts;
  readonly figures: Map<string, Figure>;
  readonly earlier: Map<string, EarlierFigure[]>;
  readonly suites: Set<string>;
}

/**
 * The newest figure of every cell, of runs that come the newest first. Runs of different suites complete each other: a quick
 * run after a sweep renews the cells that it has, and says nothing of the others.
 */
export async function newestFigures(
  published: AsyncIterable<PublishedRun> | Iterable<PublishedRun>,
): Promise<Newest> {
  const machines = new Map<string, Gathered>();
  const runs: RunFacts[] = [];
  for await (const one of published) {
    const facts = runFactsOf(one);
    runs.push(facts);
    const gathered = machines.get(facts.machine) ?? begun(one.run);
    machines.set(facts.machine, gathered);
    gather(gathered, one.run, facts);
  }
  return { runs, machines: [...machines.values()] };
}

function begun({ environment }: Run): Gathered {
  return {
    machine: machineFactsOf(environment),
    figures: new Map(),
    earlier: new Map(),
    suites: new Set(),
  };
}

function gather({ figures, earlier, suites }: Gathered, run: Run, facts: RunFacts): void {
  // Cells that were chosen by hand are a suite of their own.
  const suite = run.suite ?? run.id;
  const stale = suites.has(suite);
  for (const cell of run.cells) {
    if (!figures.has(cell.id)) figures.set(cell.id, { cell, run, facts, stale });
    else {
      const lines = earlier.get(cell.id) ?? [];
      if (lines.length < MOST_EARLIER) earlier.set(cell.id, [...lines, earlierOf(cell, facts)]);
    }
  }
  // What an interrupted run has not, it may only not have come to.
  if (run.complete) suites.add(suite);
}

function earlierOf(cell: Cell, { id, startedAt }: RunFacts): EarlierFigure {
  return {
    run: id,
    startedAt,
    status: cell.status,
    ...(cell.status === "ok" && { ms: cell.latency.median, ci95: cell.latency.ci95 }),
  };
}
