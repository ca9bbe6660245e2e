import { STALE, type Cell, type CellKey } from "@mobilenet-bench/results";

export { STALE };

/**
 * One row of `latest/MACHINE.json` after decoding: all that charts and tables of many cells need. Figures are there where
 * the status is `ok`, and nowhere else.
 */
export interface SiteCell {
  readonly id: string;
  readonly model: string;
  readonly backend: string;
  readonly target: string;
  readonly options: CellKey["options"];
  /** The anonymous id of the hardware. */
  readonly machine: string;
  /** The id of the run that the figures are of. */
  readonly run: string;
  readonly status: Cell["status"];
  /** Why there are no figures. */
  readonly reason?: string;
  /** Median of one inference. */
  readonly ms?: number;
  /** Of the median within its run, in milliseconds. */
  readonly ci95?: readonly [number, number];
  /** Fastest single inference, in milliseconds. */
  readonly min?: number;
  /** Over single inferences, in milliseconds; null where there were too few. */
  readonly p90?: number | null;
  readonly multAdds: number;
  readonly params: number;
  /** 1e9 mult-adds per second. */
  readonly gmacs?: number;
  /** Absent where a device computed, or no peak is known. */
  readonly ofPeak?: { readonly fraction: number; readonly style: string; readonly threads: number };
  /** Best and worst among the cells of the model that are shown; absent on software adapters and on stale cells. */
  readonly rank?: readonly [number, number];
  readonly coldStart?: {
    readonly importMs: number;
    readonly loadMs: number;
    readonly firstInferenceMs: number;
  };
  /** The largest error of a logit as a fraction of its bound. */
  readonly worstFraction?: number;
  /** What asks for a second look, in the words of tables; {@link STALE} among them. */
  readonly marks: readonly string[];
  /** Whether a processor played the part of the GPU: shown, never ranked or fitted. */
  readonly software: boolean;
  /** Whether the sources differed from their commit. */
  readonly dirty: boolean;
}

/** Whether it competes: has a figure, of hardware, of the newest run of its suite. */
export function competes({ status, software, marks }: SiteCell): boolean {
  return status === "ok" && !software && !marks.includes(STALE);
}
