import type { Backend } from "@mobilenet-bench/backend";

/** All that this program knows of a backend before it is imported. */
export interface BackendRow {
  /** Only when asked for: importing may be slow, and may fail. */
  readonly import: () => Promise<Backend>;
  /** What it shares with others: pages of one family share a browser. */
  readonly family: string;
  /** Whether it computes on a GPU: a page for it needs a browser that offers WebGPU. */
  readonly gpu: boolean;
  /** Whether weights and activations lie in one memory of WebAssembly, which 32 bits address. */
  readonly inWasm: boolean;
  /** The npm packages of somebody else's library that it runs, which change their version together. */
  readonly library?: readonly string[];
  /** What it adds to a pack, or why it cannot be packed. */
  readonly pack: Packing | Refusal;
}

/** Whose files a pack takes for a backend, and whether it does unasked. */
export interface Packing {
  readonly package: string;
  /** Of that package's dependencies, those that no other of its backends needs. */
  readonly libraries?: readonly string[];
  /** Large files beside the page that this backend alone fetches. */
  readonly pageFiles?: RegExp;
  /** Whether packs have it without asking: all of them, or those for which no backends were named. */
  readonly unasked?: "always" | "usually";
}

/** Why a backend cannot be packed, and what to do. */
interface Refusal {
  readonly reason: string;
  readonly remedy: string;
}

/** How backends are imported, by id. */
export function importersOf(
  rows: Readonly<Record<string, BackendRow>>,
): Record<string, BackendRow["import"]> {
  return Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, row.import]));
}
