import type { Actual, LayersCheck, LogitsCheck, Options } from "@mobilenet-bench/backend";
import type { ModelConfig } from "@mobilenet-bench/spec";
import { coldStartSchema, type ColdStart, type Protocol } from "@mobilenet-bench/results";
import { z } from "zod";
import type { InputSource } from "./inputs.ts";

/**
 * The job protocol between the supervisor and a runner: one request at a time, one reply each. Everything is plain
 * data, so that it crosses a pipe, a socket or a page boundary alike.
 */
export interface Jobs {
  /** Loads the cell's session and makes its first inference. */
  open: { request: OpenRequest; reply: Opened };
  /** Compares the logits and, as far as the session lets them be had, every layer with the reference. */
  verify: { request: OpenRequest; reply: Verified };
  /** One inference of the checked input, for comparison with the reference. */
  check: { request: Record<never, never>; reply: { logits: Float32Array } };
  /** The logits of other inputs, one inference each. */
  infer: { request: { inputs: readonly Float32Array[] }; reply: { logits: Float32Array[] } };
  /** Infers until successive blocks agree. */
  warmUp: { request: { warmUp: Protocol["warmUp"]; blockMs: number }; reply: WarmUp };
  /** Times one block; `hidden` where the page could not be seen meanwhile, since browsers slow such pages down. */
  block: { request: BlockRequest; reply: { samplesMs: number[]; hidden?: boolean } };
  /** Per-layer times, where the backend can tell them. */
  layers: { request: Record<never, never>; reply: { ms: [name: string, ms: number][] | null } };
  /** Disposes the session. */
  close: { request: Record<never, never>; reply: { peakRssBytes: number | null } };
}
export type JobName = keyof Jobs;

export interface OpenRequest {
  readonly backend: string;
  readonly options: Options;
  readonly model: ModelConfig;
  readonly source: InputSource;
}

export interface Opened {
  readonly actual: Actual;
  readonly coldStart: ColdStart;
  readonly logits: Float32Array;
}

export interface Verified {
  readonly actual: Actual;
  readonly logits: LogitsCheck;
  readonly layers: LayersCheck;
}

export interface WarmUp {
  readonly inferences: number;
  readonly stable: boolean;
  /** Of one inference in the last block. */
  readonly medianMs: number;
}

export interface BlockRequest {
  readonly inferences: number;
  /** Untimed inferences first. */
  readonly settle: number;
}

export type Request = { [N in JobName]: { readonly job: N } & Jobs[N]["request"] }[JobName];

export type Reply<N extends JobName> =
  | { readonly ok: true; readonly value: Jobs[N]["reply"] }
  | { readonly ok: false; readonly failure: JobFailure };

export interface JobFailure {
  readonly kind: "unsupported" | "device-lost" | "error";
  readonly message: string;
  readonly remedy?: string;
  readonly stack?: string;
}

const milliseconds = z.number().nonnegative();
const logits = z.instanceof(Float32Array);
const actual = z
  .object({ threads: z.number(), precision: z.enum(["fp64", "fp32", "fp16", "int8"]) })
  .catchall(z.json());
/** An error may be infinite, and infinity crosses a process boundary. */
const figure = z.number().or(z.literal(Infinity));
const comparison = z.object({
  ok: z.boolean(),
  maxAbsError: figure,
  bound: figure,
  worstFraction: figure,
  worstIndex: z.int(),
  reason: z.string().exactOptional(),
});
const mode = z.enum(["fed", "chained"]);
const divergence = z.object({
  layer: z.string(),
  mode,
  position: z.tuple([z.int(), z.int(), z.int()]).exactOptional(),
  expected: z.number().exactOptional(),
  actual: z
    .number()
    .or(z.nan())
    .or(z.literal([Infinity, -Infinity]))
    .exactOptional(),
  bound: figure,
  reason: z.string(),
});

/** What a reply must be: runners may be far away, and nothing that they say is taken on trust. */
export const REPLY_VALUES: { readonly [N in JobName]: z.ZodType<Jobs[N]["reply"]> } = {
  open: z.object({
    actual,
    coldStart: coldStartSchema,
    logits,
  }),
  verify: z.object({
    actual,
    logits: comparison.extend({ top1Agrees: z.boolean() }),
    layers: z.object({
      ok: z.boolean(),
      comparisons: z.array(comparison.extend({ layer: z.string(), mode })),
      first: divergence.exactOptional(),
    }),
  }),
  check: z.object({ logits }),
  infer: z.object({ logits: z.array(logits) }),
  warmUp: z.object({ inferences: z.int(), stable: z.boolean(), medianMs: milliseconds }),
  block: z.object({ samplesMs: z.array(milliseconds).min(1), hidden: z.boolean().exactOptional() }),
  layers: z.object({ ms: z.array(z.tuple([z.string(), milliseconds])).nullable() }),
  close: z.object({ peakRssBytes: z.number().nullable() }),
};

const failureReplySchema = z.object({
  ok: z.literal(false),
  failure: z.object({
    kind: z.enum(["unsupported", "device-lost", "error"]),
    message: z.string(),
    remedy: z.string().exactOptional(),
    stack: z.string().exactOptional(),
  }),
});

/** @throws ZodError where the message is no reply to this job */
export function parseReply<N extends JobName>(job: N, message: unknown): Reply<N> {
  const failure = failureReplySchema.safeParse(message);
  if (failure.success) return failure.data;
  const { value } = z.object({ ok: z.literal(true), value: z.unknown() }).parse(message);
  return { ok: true, value: REPLY_VALUES[job].parse(value) };
}
