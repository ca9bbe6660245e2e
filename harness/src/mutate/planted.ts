import type { Tampering } from "./tamper.ts";

/** The variable of the environment that tells a process its fault: a {@link Planted}, as JSON. */
export const VARIABLE = "MNB_FAULT";

/** A fault with the URLs of what it changes. */
export interface Planted {
  readonly edits: readonly PlantedEdit[];
  readonly tampering?: PlantedTampering;
}

interface PlantedEdit {
  readonly url: string;
  readonly find: string;
  readonly replace: string;
}

export type PlantedTampering = Tampering & {
  /** The entry of the backend's package, and the name under which it exports the backend. */
  readonly url: string;
  readonly name: string;
};
