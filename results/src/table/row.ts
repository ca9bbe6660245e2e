import { ofPeak, type OfPeak, type Peaks } from "../of-peak.ts";
import type { AnotherRun, Clocked } from "../other-runs.ts";
import type { Memory } from "../memory.ts";
import type { Cell, ColdStart, FailedCell, OkCell, Ratio, Status } from "../schema.ts";
import type { RankRange } from "../statistics/rank-ranges.ts";
import { marksOf } from "./marks.ts";

/**
 * What tables show of one cell, whether they are made of a run file or of what a page has loaded: a cell without a figure has
 * no `ms`, and nothing that follows from one. What is not known of it is absent, and never 0.
 */
export interface TableRow {
  readonly id: string;
  readonly model: string;
  readonly backend: string;
  readonly target: string;
  /** Only what differs from the defaults. */
  readonly options: Readonly<Record<string, string | number>>;
  readonly status: Status;
  /** Of what has no figure. */
  readonly reason?: string;
  readonly remedy?: string;
  readonly multAdds: number;
  readonly params: number;
  /** The median, in milliseconds. */
  readonly ms?: number;
  /** Of the median within its run, in milliseconds. */
  readonly ci95?: readonly [low: number, high: number];
  /** The fastest single inference, in milliseconds. */
  readonly min?: number;
  /** Over single inferences, in milliseconds; null where they are too few. */
  readonly p90?: number | null;
  /** 1e9 mult-adds per second. */
  readonly gmacs?: number;
  readonly ofPeak?: OfPeak;
  readonly rank?: RankRange;
  readonly ratio?: Ratio;
  readonly coldStart?: Readonly<ColdStart>;
  readonly clocked?: Clocked;
  readonly another?: AnotherRun;
  readonly memory?: Memory;
  /** The largest error of a logit as a share of its bound. */
  readonly worstFraction?: number;
  /** Words of {@link MARKS}. */
  readonly marks: readonly string[];
  readonly machine?: string;
  readonly run?: string;
  /** Whether the run was of a tree with changes. */
  readonly dirty?: boolean;
}

/** What figures of a run's cells are set against; the maps are by cell id. */
export interface TableFigures {
  readonly peaks: Peaks;
  readonly ratios: ReadonlyMap<string, Ratio>;
  /** Among the cells of a model that are shown. */
  readonly ranks: ReadonlyMap<string, RankRange>;
  /** At the machine's reference clock. */
  readonly clocked: ReadonlyMap<string, Clocked>;
  /** Within what another run would be. */
  readonly another: ReadonlyMap<string, AnotherRun>;
}

/** The row of a cell of a run file. */
export function rowOf(cell: Cell, figures: TableFigures): TableRow {
  const { id, model, backend, target, options, status, multAdds, params, correctness } = cell;
  return {
    id,
    model,
    backend,
    target,
    options,
    status,
    multAdds,
    params,
    ...(correctness && { worstFraction: correctness.worstFraction }),
    marks: marksOf(cell, figures.peaks).map(({ word }) => word),
    ...(cell.status === "ok" ? figuresOf(cell, figures) : failureOf(cell)),
  };
}

function figuresOf(cell: OkCell, { peaks, ratios, ranks, clocked, another }: TableFigures) {
  const { id, latency, gmacs, coldStart, memory } = cell;
  const [share, rank, ratio] = [ofPeak(cell, peaks), ranks.get(id), ratios.get(id)];
  const [atClock, inAnother] = [clocked.get(id), another.get(id)];
  return {
    ms: latency.median,
    ci95: latency.ci95,
    min: latency.min,
    p90: latency.p90,
    gmacs,
    coldStart,
    ...(share && { ofPeak: share }),
    ...(rank && { rank }),
    ...(ratio && { ratio }),
    ...(atClock && { clocked: atClock }),
    ...(inAnother && { another: inAnother }),
    ...(memory && { memory }),
  };
}

function failureOf({ reason, remedy }: FailedCell) {
  return { reason, ...(remedy !== undefined && { remedy }) };
}
