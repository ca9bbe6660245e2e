import type { Layout } from "../layout/layout.ts";
import type { Panels } from "../layout/panels.ts";
import type { Op } from "./op.ts";

/** How threads share a layer: by output rows, or, where there are too few, by output channels. */
export type Split = "rows" | "channels";

/** A layer with its routine and addresses: plain data, the same for every thread. Addresses are in bytes. */
export interface Step {
  readonly name: string;
  readonly op: Op;
  /** Index into the plan's routines, one for each step. */
  readonly routine: number;
  readonly split: Split;
  readonly input: { readonly address: number; readonly layout: Layout };
  readonly output: { readonly address: number; readonly layout: Layout };
  /** Packed weights; 0 for pool. */
  readonly weights: number;
  readonly bias: number;
  /** Pixels and channels of the routine's tile. */
  readonly pixels: number;
  readonly channels: number;
  /** Values that are summed per output. */
  readonly depth: number;
  readonly panels: Panels;
}

/**
 * Steps that run without a barrier between them: a depthwise layer with the pointwise layer that follows, a
 * band of rows at a time, or one step alone.
 */
export interface Group {
  /** `FIRST+SECOND` for two. */
  readonly name: string;
  readonly first: number;
  readonly count: 1 | 2;
  /** Output rows of a band; it stays in the second cache between the two steps. */
  readonly bandRows: number;
  /** Bytes of one thread's band. */
  readonly bandBytes: number;
}

export interface Plan {
  readonly threads: number;
  /** Bytes of memory. */
  readonly bytes: number;
  /** A row of zeros, as long as any layer's input row. */
  readonly zeros: number;
  readonly steps: readonly Step[];
  readonly groups: readonly Group[];
}
