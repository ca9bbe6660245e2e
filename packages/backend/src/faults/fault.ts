import type { LayerMode } from "../correctness/index.ts";
import type { Tampering } from "./tampering.ts";

/** A change of one source file of the package that the fault belongs to: `find` must stand there exactly once. */
export interface Edit {
  /** Within the package's `src`: `kernels/pool.ts`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What kinds of mistakes people make in kernels; the faults of a backend have every one of them. */
export const FAULT_KINDS = [
  "wrong pad",
  "wrong stride",
  "missing clamp",
  "dropped bias",
  "swapped channel",
  "transposed weights",
  "tail",
  "tile edge",
  "stale buffer",
  "unwritten slice",
  "wrong buffer",
  "wrong sum",
  "not a number",
] as const;

/** A mistake to plant in a backend, and what a check must say to it. It has edits, or it is made by tampering. */
export interface BackendFault {
  /** `BACKEND/WHAT`. */
  readonly id: string;
  readonly kind: (typeof FAULT_KINDS)[number];
  /** The id of the cell that is checked; options choose the path that the fault lies on. */
  readonly cell: string;
  /**
   * Changes that are no fault themselves: they choose a path which this machine would not take. With these alone the
   * check must pass.
   */
  readonly given?: readonly Edit[];
  readonly edits?: readonly Edit[];
  readonly tampering?: Tampering;
  /** The layer that must be named, and the mode in which it shows first. */
  readonly layer: string;
  readonly mode: LayerMode;
  /** One sentence: what is computed instead. */
  readonly why: string;
}

/** A mistake to plant in the comparison itself: a control must no longer come out as it should. */
export interface CheckFault {
  /** `check/WHAT`. */
  readonly id: string;
  readonly edits: readonly Edit[];
  /** The id of the control that must notice. */
  readonly control: string;
  readonly why: string;
}

export type Fault = BackendFault | CheckFault;

/** The backend that it is planted in, or `check`. */
export function groupOf({ id }: Pick<Fault, "id">): string {
  return id.slice(0, id.indexOf("/"));
}

export function isCheckFault<Of extends Fault>(fault: Of): fault is Extract<Of, CheckFault> {
  return "control" in fault;
}

/** All changes that a fault needs, those that are no fault themselves included. */
export function editsOf(fault: Fault): readonly Edit[] {
  return isCheckFault(fault) ? fault.edits : [...(fault.given ?? []), ...(fault.edits ?? [])];
}
