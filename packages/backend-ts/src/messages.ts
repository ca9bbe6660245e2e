import type { Program } from "./program.ts";
import type { Share } from "./share.ts";

/** The first message to a worker. */
export interface Start {
  readonly program: Program;
  readonly share: Share;
  /** See {@link Barrier}. */
  readonly barrier: Int32Array;
}

/** Every later message: compute steps [from, to). */
export interface Job {
  readonly from: number;
  readonly to: number;
}

/** What a worker answers to either. */
export const DONE = "done";
