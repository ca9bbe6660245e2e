import type { Interval } from "../statistics/index.ts";
import type { Status } from "../schema.ts";
import type { Cause, HistoryRun } from "./history.ts";

/** A cell that seems to have changed. It is no verdict: the paired job decides (`mnb compare BASE CANDIDATE CELL`). */
export interface Nominee {
  /** The same as long as the same change is nominated of the same cell: what a paired job has answered need not be asked again. */
  readonly key: string;
  readonly cell: string;
  readonly machine: string;
  readonly direction: "slower" | "faster";
  /** The new level over the old, the machine's common change taken out. */
  readonly ratio: number;
  /**
   * `outlier`: figures of the last nights stand out from those before; `change`: a change point, told from several nights.
   */
  readonly ground: "outlier" | "change";
  /** Within what figures would be if nothing had changed, in milliseconds; of outliers alone. */
  readonly expected?: Interval;
  /**
   * Their commits are what a paired comparison builds. Of outliers the last run of the old level and the first that stands out; of
   * change points, a run within the old level and one within the new.
   */
  readonly base: HistoryRun;
  readonly candidate: HistoryRun;
  /** The run of this night. */
  readonly newest: HistoryRun;
  readonly causes: readonly Cause[];
  /** Why no pair of builds can decide it; absent where one can. */
  readonly unpairable?: string;
}

/** A cell that had a figure in the night before and has none in this one. */
export interface VanishedCell {
  readonly cell: string;
  readonly machine: string;
  /** The last run in which it had one. */
  readonly last: HistoryRun;
  /** The run of this night in which it failed; absent where none has the cell at all. */
  readonly run?: HistoryRun;
  readonly status?: Status;
  /** A sentence. */
  readonly why: string;
}
