import type { Findings } from "@mobilenet-bench/runner";

/** What is compared: the logits, a layer alone on the reference's input, a layer within one inference. */
export const KINDS = ["logits", "fed", "chained"] as const;
/** One of {@link KINDS}: what a column of the matrix and a figure of the ratchet are of. */
export type Kind = (typeof KINDS)[number];

/** A figure, and the layer where it is; logits have none. */
export interface Figure {
  readonly value: number;
  readonly layer?: string;
}

/** The extremes of one cell. */
export interface Figures {
  /** Largest error as a fraction of its bound; a kind is absent where the session does not show it. */
  readonly largest: Readonly<Partial<Record<Kind, Figure>>>;
  /** In dB; absent where every output is exact. */
  readonly lowestSnr?: Figure;
}

/** The worst of each kind within one cell; of equal errors, the later layer's. */
export function figuresOf({ logits, layers }: Pick<Findings, "logits" | "layers">): Figures {
  const largest: Partial<Record<Kind, Figure>> = { logits: { value: logits.worstFraction } };
  let lowestSnr: Figure | undefined = logits.snrDb === undefined ? undefined : { value: logits.snrDb };
  for (const { layer, mode, worstFraction, snrDb } of layers.comparisons) {
    if (worstFraction >= (largest[mode]?.value ?? 0)) largest[mode] = { value: worstFraction, layer };
    if (snrDb !== undefined && snrDb < (lowestSnr?.value ?? Infinity)) lowestSnr = { value: snrDb, layer };
  }
  return { largest, ...(lowestSnr && { lowestSnr }) };
}
