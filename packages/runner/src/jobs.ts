import type { Actual, Expected, Options } from "@mobilenet-bench/backend";
import {
  coldStartSchema,
  memorySchema,
  type ColdStart,
  type Memory,
  type Protocol,
} from "@mobilenet-bench/results";
import { z } from "zod";
import type { JobFailure } from "./failure.ts";
import { jobFailureSchema } from "./failure-schema.ts";
import type { Costs } from "./costs.ts";
import type { InputSource, NamedModel } from "./inputs.ts";
import { excerptOf } from "./excerpt.ts";
import { checkVersion, PROTOCOL_VERSION } from "./protocol-version.ts";
import { RunnerDied } from "./runner-died.ts";
import type { Timed } from "./timed-session.ts";
import type { TimedOutput } from "./outputs.ts";
import { actualSchema, findingsSchema, type Findings } from "./findings.ts";

/**
 * The job protocol between the harness and a runner: one request at a time, one reply each. Everything is plain
 * data, so that it crosses a pipe, a socket or a page boundary alike.
 */
export interface Jobs {
  /** Makes weights ahead of `open`, which finds them there: runners that then open one at a time start side by side. */
  prepare: { request: PrepareRequest; reply: Record<never, never> };
  /** Loads the cell's session and makes its first inference. */
  open: { request: OpenRequest; reply: Opened };
  /** Compares logits and layers with the reference, and the bits of equal inferences with each other. */
  check: { request: CheckRequest; reply: Findings };
  /** The logits of other inputs, one inference each. */
  infer: { request: { inputs: readonly Float32Array[] }; reply: { logits: Float32Array[] } };
  /** Infers until successive blocks agree. From here on inputs alternate, and every output is looked at. */
  warmUp: { request: WarmUpRequest; reply: WarmUp };
  /** Times one block; the warm-up comes before. */
  block: { request: BlockRequest; reply: BlockTimes };
  /**
   * After the last block: once more one inference like those that were timed, and one of the input as it is. Memory is
   * told here, before jobs that not every process has.
   */
  recheck: { request: Record<never, never>; reply: Rechecked };
  /** What images take that are nothing like those that were timed, in turns with such as are. */
  unseen: { request: UnseenRequest; reply: UnseenTimes };
  /** Per-layer times, where the backend can tell them. */
  layers: { request: Record<never, never>; reply: { ms: [name: string, ms: number][] | null } };
  /** Disposes the session. */
  close: { request: Record<never, never>; reply: Record<never, never> };
}
/** As it stands in requests. */
export type JobName = keyof Jobs;

/** Which weights to make, where none are given. */
export interface PrepareRequest {
  readonly model: NamedModel;
  /** As in the source of `open`; absent where that has weights of its own. */
  readonly seed?: number;
}

/** Which backend computes which model with which options, and what the weights and the input come from. */
export interface OpenRequest {
  readonly backend: string;
  /** The URL of the module that exports it, where it is none of this program. */
  readonly module?: string;
  readonly options: Options;
  readonly model: NamedModel;
  readonly source: InputSource;
  /**
   * By which share of its own time each inference is to take longer, for calibrations alone: nothing that a user can
   * write into the id of a cell comes here. A session that does so says it in `actual.slowDown`.
   */
  readonly slowDown?: number;
  /**
   * To be timed in a bare loop, by which it is seen what the harness adds: such a session says it in `actual.bareLoop`.
   */
  readonly bareLoop?: true;
}

/** What loading gave: times in milliseconds, and the logits [1, classes] of the first inference. */
export interface Opened {
  readonly actual: Actual;
  readonly coldStart: ColdStart;
  readonly logits: Float32Array;
}

/** What to check: as to be opened, in a session of its own. */
export interface CheckRequest extends OpenRequest {
  /** Images to infer at once as well, where the session can; none where left out. */
  readonly batch?: number;
}

/** When the warm-up ends, and what its outputs must be: they are looked at like those of blocks. */
export interface WarmUpRequest extends Pick<Protocol, "warmUp" | "blockMs"> {
  /** Of each of the timed images, within bounds that allow for their variations. */
  readonly expected: readonly Expected[];
}

/** How the warm-up ended: `stable` where successive blocks agreed before its time was up. */
export interface WarmUp {
  readonly inferences: number;
  readonly stable: boolean;
  /** Of one inference in the last block. */
  readonly medianMs: number;
  /** The output that is wrong, else the one nearest to its bounds. */
  readonly worst: TimedOutput;
}

interface BlockRequest {
  readonly inferences: number;
  /** Untimed inferences first. */
  readonly settle: number;
}

interface BlockTimes extends Timed {
  /** Processor time since the work before, while nothing was asked; null where that cannot be told. */
  readonly restCpuMs: number | null;
  /** The output that is wrong, else the one nearest to its bounds. */
  readonly worst: TimedOutput;
  /** The page could not be seen meanwhile: browsers slow such pages down. */
  readonly hidden?: boolean;
}

interface Rechecked {
  readonly logits: Float32Array;
  /** Of the timed, the output that is wrong, else the one nearest to its bounds. */
  readonly worst: TimedOutput;
  readonly memory: Memory;
}

interface UnseenRequest {
  /** Which of the {@link UNSEEN_BLENDS} alone, from 0; all of them where left out. */
  readonly blend?: number;
}

interface UnseenTimes extends Costs {
  /** Of the seen, the output that is wrong, else the one nearest to its bounds. */
  readonly worst: TimedOutput;
}

/** Any job as it crosses the wire. */
export type Request = { [N in JobName]: Asked<N> }[JobName];

/** A job as it crosses the wire. */
export type Asked<N extends JobName> = { readonly protocol: number; readonly job: N } & Jobs[N]["request"];

/** What became of a job. */
export type Reply<N extends JobName> =
  | { readonly ok: true; readonly value: Jobs[N]["reply"] }
  | { readonly ok: false; readonly failure: JobFailure };

const milliseconds = z.number().nonnegative();
const logits = z.instanceof(Float32Array);
const processorMs = milliseconds.nullable();
const cost = z.object({ ms: milliseconds, cpuMs: processorMs });
const worst = z.object({
  inference: z.int(),
  image: z.int(),
  logits,
  repeated: z.boolean(),
  touched: z.boolean(),
});
/** What a reply must be: runners may be far away, and nothing that they say is taken on trust. */
export const REPLY_VALUES: { readonly [N in JobName]: z.ZodType<Jobs[N]["reply"]> } = {
  prepare: z.object({}),
  open: z.object({
    actual: actualSchema,
    coldStart: coldStartSchema,
    logits,
  }),
  check: findingsSchema,
  recheck: z.object({ logits, worst, memory: memorySchema }),
  unseen: z.object({ seen: z.array(cost).min(1), unseen: z.array(cost).min(1), worst }),
  infer: z.object({ logits: z.array(logits) }),
  warmUp: z.object({ inferences: z.int(), stable: z.boolean(), medianMs: milliseconds, worst }),
  block: z.object({
    samplesMs: z.array(milliseconds).min(1),
    cpuMs: processorMs,
    busiestShare: z.number().min(0).max(1).nullable(),
    restCpuMs: processorMs,
    worst,
    hidden: z.boolean().exactOptional(),
  }),
  layers: z.object({ ms: z.array(z.tuple([z.string(), milliseconds])).nullable() }),
  close: z.object({}),
};

const failureReplySchema = z.object({ ok: z.literal(false), failure: jobFailureSchema });

/** A job as the harness asks for it. */
export function askFor<N extends JobName>(job: N, details: Jobs[N]["request"]): Asked<N> {
  return { protocol: PROTOCOL_VERSION, job, ...details };
}

/**
 * @throws ForeignProtocolError where the message is a reply in another version of the protocol
 * @throws RunnerDied where it is no reply to this job: what sends such things is not in order. A backend may have, whose
 * process has the same channel.
 */
export function parseReply<N extends JobName>(job: N, message: unknown): Reply<N> {
  if (!isAnyReply(message))
    throw new RunnerDied("crash", `What came back is no reply to ${job}: ${excerptOf(message)}.`);
  checkVersion(message, "runner");
  try {
    const failure = failureReplySchema.safeParse(message);
    if (failure.success) return failure.data;
    const { value } = z.object({ ok: z.literal(true), value: z.unknown() }).parse(message);
    return { ok: true, value: REPLY_VALUES[job].parse(value) };
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const [first = ""] = fault.replaceAll(/\n\s+/g, " ").split("\n");
    throw new RunnerDied("crash", `What came back is no reply to ${job}: ${first}.`, { cause });
  }
}

/** In whatever version: a version is told, or there is what replies have had in all of them. */
function isAnyReply(message: unknown): boolean {
  if (typeof message !== "object" || message === null) return false;
  return "protocol" in message || ("ok" in message && ("value" in message || "failure" in message));
}
