import type { Status } from "../schema.ts";

/**
 * What a figure of a history is: `clock`, the latency at the machine's reference clock; `median`, that of a run too short for
 * one, with what the clock did in it; `device`, the median where a device computes and the processor's clock says nothing.
 */
export type Basis = "clock" | "median" | "device";

/**
 * Of what kind a change of the environment is, in the order in which causes are told. `variant` is what ran otherwise inside a
 * backend, such as its kernels; `system` the system, its kernel and drivers; `machine` what changed of hardware whose id is the
 * same.
 */
export const CAUSE_KINDS = [
  "library",
  "browser",
  "runtime",
  "system",
  "machine",
  "variant",
  "commit",
] as const;
/** See {@link CAUSE_KINDS}. */
export type CauseKind = (typeof CAUSE_KINDS)[number];

/** By name, such as `node` or `onnxruntime-web`, what it was. */
export type Facts = Partial<Readonly<Record<CauseKind, Readonly<Record<string, string>>>>>;

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
  /** Of all cells, without the commit. */
  readonly facts: Facts;
  readonly cells: readonly HistoryCell[];
}

/** What became of one cell in one run. */
export interface HistoryCell {
  readonly id: string;
  readonly status: Status;
  /** Why there is no figure. */
  readonly reason?: string;
  /** The figure, where the status is `ok`. */
  readonly figure?: HistoryFigure;
  /** What runs of one environment may have otherwise: its library, browser, kernels. */
  readonly facts: Facts;
}

/** A latency, and what it rests on. */
export interface HistoryFigure {
  /** Six significant digits: no series knows more. */
  readonly ms: number;
  readonly basis: Basis;
  /** A processor played the part of a GPU: shown, never nominated. */
  readonly software: boolean;
}

/** One cell over the runs of one machine that are of one kind, with figures on one basis. */
export interface Series {
  readonly cell: string;
  readonly machine: string;
  readonly kind: string;
  readonly basis: Basis;
  readonly software: boolean;
  /** The oldest first; one at least. */
  readonly points: readonly Point[];
  /** In the order of time. */
  readonly changes: readonly Change[];
}

/** One figure of a series. */
export interface Point {
  readonly run: HistoryRun;
  /** Milliseconds, on the basis of the series. */
  readonly ms: number;
  /** Milliseconds without what the machine did to all; the same as `ms` where its cells are too few. */
  readonly ownMs: number;
  /** See {@link HistoryCell.facts}. */
  readonly facts: Facts;
}

/** Where the level of a series changed. It nominates, and is no verdict. */
export interface Change {
  /** Index of the first point of the new level. */
  readonly at: number;
  /** The new level over the old, the machine's common change taken out. */
  readonly ratio: number;
  /** How often points in random orders show a change as clear. */
  readonly p: number;
  /** What else changed then: one where it can be told, else all that may be; none where nothing is known to have changed. */
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
  /** The oldest first. */
  readonly points: readonly MachinePoint[];
  readonly changes: readonly Change[];
}

/** What the machine did up to one run. */
export interface MachinePoint {
  readonly run: HistoryRun;
  /** Times what it took at the beginning of the line. */
  readonly ratio: number;
  /** From how many cells it is told; 0 where they were too few, and the ratio is that of the run before. */
  readonly cells: number;
}

/** All that runs say together. */
export interface History {
  /** The oldest first. */
  readonly runs: readonly HistoryRun[];
  /** By machine, then in the order in which cells first had a figure. */
  readonly series: readonly Series[];
  readonly machines: readonly MachineLine[];
}
