import type { LayerMode } from "@mobilenet-bench/backend";
import type { Tampering } from "./tamper.ts";

/** A change of one built module: `find` must stand there exactly once. */
export interface Edit {
  /** `PACKAGE/PATH` within the package's `dist`: `backend-ts/kernels/pool.js`. */
  readonly module: string;
  readonly find: string;
  readonly replace: string;
}

/** What is put into every process of a check before it loads anything. */
export interface Injection {
  readonly edits?: readonly Edit[];
  readonly tampering?: Tampering;
}

/** What kind of mistake a fault stands for: one that people make in kernels. */
type Kind =
  | "wrong pad"
  | "wrong stride"
  | "missing clamp"
  | "dropped bias"
  | "swapped channel"
  | "transposed weights"
  | "tail"
  | "tile edge"
  | "stale buffer"
  | "unwritten slice"
  | "wrong buffer"
  | "wrong sum"
  | "not a number";

/** A mistake planted in an own backend, and what a check must say to it. */
export interface BackendFault extends Injection {
  /** `BACKEND/WHAT`. */
  readonly id: string;
  readonly kind: Kind;
  /** The id of the cell that is checked; options choose the path that the fault lies on. */
  readonly cell: string;
  /**
   * Changes that are no fault themselves: they choose a path which this machine would not take. With these alone the
   * check must pass.
   */
  readonly given?: readonly Edit[];
  /** The layer that must be named, and the mode in which it shows first. */
  readonly layer: string;
  readonly mode: LayerMode;
  /** One sentence: what is computed instead. */
  readonly why: string;
}

/** A mistake planted in the comparison itself: a control must no longer come out as it should. */
export interface CheckFault {
  /** `check/WHAT`. */
  readonly id: string;
  readonly edits: readonly Edit[];
  /** The id of the control that must notice. */
  readonly control: string;
  readonly why: string;
}
