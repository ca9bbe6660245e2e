import type { Status } from "../schema.ts";
import type { Interval } from "../statistics/index.ts";

/**
 * What a figure of a history is: `clock`, the latency at the machine's reference clock; `median`, that of a run too short for
 * one, with what the clock did in it; `device`, the median where a device computes and the processor's clock says nothing.
 */
export type Basis = "clock" | "median" | "device";

/** What of an environment can change and be a cause, in the order in which causes are told. */
export const CAUSES = ["library", "browser", "runtime", "variant", "system", "firmware", "commit"] as const;
/** See {@link CAUSES}: `variant` is what ran otherwise inside a backend, such as its kernels; `system` is the system's kernel and name. */
export type CauseKind = (typeof CAUSES)[number];

/** By name, such as `node` or `onnxruntime-web`: what it was. */
export type Facts = Readonly<Record<string, string>>;

/** A run, as far as histories need it: without blocks. */
export interface HistoryRun {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Anonymous id of the hardware. */
  readonly machine: string;
  readonly suite: string | null;
  readonly commit: string | null;
  /** Whether the sources differed from the commit. */
  readonly dirty: boolean;
  readonly complete: boolean;
  /** What made it, where it was not measured. */
  readonly simulated?: string;
  /** Figures of runs whose kinds differ (protocol, given weights or picture) are never in one series. */
  readonly kind: string;
  /** Of the environment, by kind of cause. */
  readonly facts: Partial<Readonly<Record<CauseKind, Facts>>>;
  readonly cells: readonly HistoryCell[];
}

/** What became of one cell in one run. */
export interface HistoryCell {
  readonly id: string;
  readonly status: Status;
  /** Why there is no figure. */
  readonly reason?: string;
  /** Milliseconds; there where the status is `ok`. */
  readonly ms?: number;
  readonly basis?: Basis;
  /** Whether a processor played the part of a GPU. */
  readonly software?: boolean;
  /** Its library, browser and variant, by kind of cause. */
  readonly facts: Partial<Readonly<Record<CauseKind, Facts>>>;
}

/** One cell over the runs of one machine that are of one kind, with figures on one basis. */
export interface Series {
  readonly cell: string;
  readonly machine: string;
  readonly kind: string;
  readonly basis: Basis;
  /** The oldest first. */
  readonly points: readonly Point[];
  /** In the order of time. */
  readonly changes: readonly Change[];
}

/** One figure of a series. */
export interface Point {
  readonly run: HistoryRun;
  /** Milliseconds, on the basis of the series. */
  readonly ms: number;
  /** Milliseconds with what the machine's other cells changed by taken out; the same as `ms` where they are too few. */
  readonly ownMs: number;
}

/** Where the level of a series changed. It nominates, and is no verdict. */
export interface Change {
  /** Index of the first point of the new level. */
  readonly at: number;
  /** The new level over the old, the machine's common change taken out. */
  readonly ratio: number;
  /** How often a series without any change shows one as clear: by permutations. */
  readonly p: number;
  /** What else changed between the point before and this one: one where it can be told, else all that may be. */
  readonly causes: readonly Cause[];
}

/** One change of the environment. */
export interface Cause {
  readonly kind: CauseKind;
  /** `onnxruntime-node`, `node`, `kernel`. */
  readonly name: string;
  /** What it was before and after; a dash where it was not there. */
  readonly from: string;
  readonly to: string;
}

/** What most cells of a machine did together, which is no cell's own. */
export interface MachineLine {
  readonly machine: string;
  readonly kind: string;
  readonly basis: Basis;
  readonly points: readonly {
    readonly run: HistoryRun;
    /** Times what the machine took at the beginning of the line. */
    readonly ratio: number;
    /** From how many cells it is told. */
    readonly cells: number;
  }[];
  readonly changes: readonly Change[];
}

/** All that the runs of a folder say. */
export interface History {
  /** The oldest first. */
  readonly runs: readonly HistoryRun[];
  readonly series: readonly Series[];
  readonly machines: readonly MachineLine[];
}

/** A cell that seems to have changed. It is no verdict: the paired job decides (`mnb compare BASE CANDIDATE CELL`). */
export interface Nominee {
  readonly cell: string;
  readonly machine: string;
  readonly direction: "slower" | "faster";
  /** The new level over the old, the machine's common change taken out. */
  readonly ratio: number;
  /**
   * `outlier`: this night's figure alone stands out from the nights before; `change`: a change point, told from several nights.
   */
  readonly ground: "outlier" | "change";
  /** Within what the median of another run here would be if nothing changed, in milliseconds, from the runs before. */
  readonly expected?: Interval;
  /** The last run of the old level, and the newest: their commits are what a paired comparison builds. */
  readonly base: HistoryRun;
  readonly candidate: HistoryRun;
  readonly causes: readonly Cause[];
  /** Why no pair can decide it (one commit, none, changes that were not committed); absent where one can. */
  readonly unpairable?: string;
}

/** A cell that had a figure in the nights before and has none in this one. */
export interface VanishedCell {
  readonly cell: string;
  readonly machine: string;
  /** The last run in which it had one. */
  readonly last: HistoryRun;
  /** The run of this night in which it failed; absent where no run of this night has the cell at all. */
  readonly run?: HistoryRun;
  readonly status?: Status;
  /** A sentence. */
  readonly why: string;
}

/**
 * What this night's runs nominate for the paired job, the largest change first: outliers of the newest figure, and change points
 * whose new level has begun within the last nights. Cells on software GPUs are never nominated.
 * @param tonight ids of the night's runs: all shards, without what was merged from older nights
 */
export type Nominate = (history: History, tonight: readonly string[]) => Nominee[];

/**
 * Cells that had figures in the newest earlier run of the same machine, kind and suite, and have none in this night's runs.
 * @param tonight see {@link Nominate}
 */
export type FindVanished = (history: History, tonight: readonly string[]) => VanishedCell[];

/** From runs, in any order, each once. Pure, and the same for the same runs. */
export type MakeHistory = (runs: readonly HistoryRun[]) => History;
