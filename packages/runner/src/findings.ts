import type { Actual, Divergence, Expected, LayersCheck, LogitsCheck } from "@mobilenet-bench/backend";
import { z } from "zod";

/** What may change the bits of an inference although nothing that it is computed from has changed. */
const VARIATIONS = ["repeat", "order", "reload", "batch"] as const;
/** One of what may change the bits; see {@link Bits.differ}. */
export type Variation = (typeof VARIATIONS)[number];

/** What the job `check` found. */
export interface Findings {
  readonly actual: Actual;
  /** Of all inferences the worst. */
  readonly logits: LogitsCheck;
  /** The worst logit, where logits are wrong. */
  readonly worstLogit?: Divergence;
  readonly layers: LayersCheck;
  /** Whether equal inferences gave equal bits. */
  readonly bits: Bits;
  /** What the first input's logits must be: other processes are checked with it. */
  readonly expected: Expected;
  /** Images of the batch that was inferred; absent where none was asked for, or the session takes none. */
  readonly batch?: number;
}

/** How equal inferences compare to the last bit; differences are told and are no fault. */
export interface Bits {
  /** Of the logits of the first input and of the second. */
  readonly digests: readonly [string, string];
  /**
   * Where the bits differed: the same input twice in a row (`repeat`); two inputs in the other order (`order`); in
   * another session after the first was disposed (`reload`); within a batch (`batch`).
   */
  readonly differ: readonly Variation[];
}

/** What a session's `actual` must be, as far as all have it; further details are any JSON. */
export const actualSchema = z
  .object({
    threads: z.number(),
    precision: z.enum(["fp64", "fp32", "fp16", "int8"]),
    executedMultAdds: z.number().positive().exactOptional(),
  })
  .catchall(z.json());
/** An error may be infinite, and infinity crosses a process boundary. */
const figure = z.number().or(z.literal(Infinity));
const anyNumber = z
  .number()
  .or(z.nan())
  .or(z.literal([Infinity, -Infinity]));
const comparison = z.object({
  ok: z.boolean(),
  maxAbsError: figure,
  bound: figure,
  worstFraction: figure,
  worstIndex: z.int(),
  snrDb: z.number().exactOptional(),
  leastSnrDb: z.number().exactOptional(),
  reason: z.string().exactOptional(),
});
const agreement = z.object({
  same: z.boolean(),
  agrees: z.boolean(),
  margin: z.number().exactOptional(),
  bound: figure.exactOptional(),
});
const mode = z.enum(["fed", "chained"]);
const samples = z.array(z.object({ expected: z.number(), actual: anyNumber }));
const divergence = z.object({
  layer: z.string(),
  mode,
  position: z.tuple([z.int(), z.int(), z.int()]).exactOptional(),
  expected: z.number().exactOptional(),
  actual: anyNumber.exactOptional(),
  bound: figure,
  reason: z.string(),
  neighbourhood: z
    .object({
      rows: z.array(z.int()),
      columns: z.array(z.int()),
      plane: z.array(samples),
      channels: z.array(z.int()),
      pixel: samples,
    })
    .exactOptional(),
});

/** What a reply to the job `check` must be. */
export const findingsSchema: z.ZodType<Findings> = z.object({
  actual: actualSchema,
  logits: comparison.extend({ top1: agreement, top5: agreement }),
  worstLogit: divergence.exactOptional(),
  layers: z.object({
    ok: z.boolean(),
    comparisons: z.array(comparison.extend({ layer: z.string(), mode })),
    first: divergence.exactOptional(),
  }),
  bits: z.object({ digests: z.tuple([z.string(), z.string()]), differ: z.array(z.enum(VARIATIONS)) }),
  expected: z.object({
    values: z.instanceof(Float64Array),
    bound: z.instanceof(Float64Array),
    noise: figure,
  }),
  batch: z.int().exactOptional(),
});
