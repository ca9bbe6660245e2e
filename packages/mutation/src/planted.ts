import type { Edit, Tampering } from "@mobilenet-bench/backend/faults";

/** The variable of the environment that tells a process its fault: an {@link Injection}, as JSON. */
export const VARIABLE = "MNB_FAULT";

/** What is put into every process of a check before it loads anything. */
export interface Injection {
  readonly edits: readonly PlacedEdit[];
  readonly tampering?: PlacedTampering;
}

/** A change of a source, where it is read and where it takes effect. */
export interface PlacedEdit extends Pick<Edit, "find" | "replace"> {
  /** The source file. */
  readonly source: string;
  /** Of the module that was built of it. */
  readonly url: string;
}

/** A change of outputs, and whose outputs. */
export type PlacedTampering = Tampering & {
  /** Of the entry of the backend's package. */
  readonly url: string;
};
