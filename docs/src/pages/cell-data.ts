import type { Cell, Environment, Protocol } from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../data/facts.ts";

/** One cell on one machine, as its page and its file show it: whole, with every block. */
export interface CellFigure {
  readonly machine: MachineFacts;
  readonly run: RunFacts;
  /** Of the process that measured the cell last. */
  readonly environment: Environment;
  readonly protocol: Protocol;
  readonly cell: Cell;
  /** Whether a newer run of the suite no longer has it. */
  readonly stale: boolean;
  /** Within what another run would be, in milliseconds, from three earlier ones at least. */
  readonly anotherRun?: readonly [low: number, high: number];
  /** The same cell in other runs, the newest first. */
  readonly earlier: readonly EarlierFigure[];
}

/** One line of a cell's history. */
export interface EarlierFigure {
  readonly run: string;
  readonly startedAt: string;
  readonly status: Cell["status"];
  readonly ms?: number;
  readonly ci95?: readonly [number, number];
}

/** What the page of a cell is drawn from: one figure or more, of a machine each, the newest first. */
export interface CellData {
  readonly id: string;
  readonly figures: readonly CellFigure[];
}
