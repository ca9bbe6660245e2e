import type { Cell, Shard } from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { EarlierFigure } from "../src/pages/cell-data.ts";
import { machineFactsOf, runFactsOf } from "./facts-of.ts";
import type { PublishedRun } from "./published-run.ts";

/** What is left of a run when none of its figures is the newest: enough to tell what is, and for the history of cells. */
export interface RunDigest {
  readonly facts: RunFacts;
  readonly machine: MachineFacts;
  /** Where it measured a part of its suite. */
  readonly shard?: Shard;
  readonly lines: readonly RunLine[];
  /** As JSON: figures of runs belong to one history where it is the same. */
  readonly protocol: string;
}

/** What a site has of every run, however old. */
export interface RunSummary {
  readonly digest: RunDigest;
  /** Its own figures as pages load them, for links that are pinned to it. */
  readonly figures: string;
  /** Its file, to be downloaded: compressed by gzip, in base64. */
  readonly archive: string;
}

/** What became of a cell in a run. */
type RunLine = Omit<EarlierFigure, "run" | "startedAt"> & { readonly id: string };

/** In the order of the run. */
export function digestOf(published: PublishedRun): RunDigest {
  const { run } = published;
  return {
    facts: runFactsOf(published),
    machine: machineFactsOf(run.environment),
    ...(run.shard && { shard: run.shard }),
    lines: run.cells.map(lineOf),
    protocol: JSON.stringify(run.protocol),
  };
}

function lineOf(cell: Cell): RunLine {
  const { id, status } = cell;
  if (cell.status !== "ok") return { id, status };
  const { median, ci95 } = cell.latency;
  return { id, status, ms: median, ci95 };
}
