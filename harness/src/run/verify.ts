import { checkLogits } from "@mobilenet-bench/backend";
import { purposeOf } from "../registry/backends.ts";
import { failureOfReply, toFailure, type Failure } from "./failure.ts";
import { digest } from "../runner/digest.ts";
import type { InputSource } from "../runner/inputs.ts";
import type { OpenRequest } from "../runner/messages.ts";
import type { Bits, Variation, Verified } from "../runner/verified.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Target } from "../target/target.ts";
import { TARGETS } from "../target/targets.ts";
import { whyUnavailable } from "./why-unavailable.ts";

/** What checking a cell found. */
export type Verdict = { readonly cell: PlannedCell } & (Checked | Failure);

export interface Checked extends Omit<Verified, "bits"> {
  readonly status: "ok" | "mismatch";
  readonly bits: Omit<Bits, "differ"> & { readonly differ: readonly (Variation | "process")[] };
}

export function isChecked<V extends Verdict>(verdict: V): verdict is V & Checked {
  return "logits" in verdict;
}

export interface VerifyOptions {
  readonly targets?: Readonly<Record<string, Target>>;
  /** Images to infer at once as well, where the session can. */
  readonly batch?: number;
  /** Compares the first inference of another process, too. */
  readonly otherProcess?: boolean;
  /** Ends the processes; the verdict then says nothing. */
  readonly signal?: AbortSignal;
}

/** The reference computes every layer some seven times over, in float64: minutes for the largest models. */
const DEADLINE_MS = 15 * 60_000;

/** Checks one cell in a process of its own: its logits, and each layer as far as the backend lets it be had. */
export async function verifyCell(
  cell: PlannedCell,
  source: InputSource,
  { targets = TARGETS, batch, otherProcess = false, signal }: VerifyOptions = {},
): Promise<Verdict> {
  const target = targets[cell.target];
  if (!target) return { cell, status: "infra", reason: `There is no target ${cell.target}.` };
  const unavailable = await whyUnavailable(cell, target, signal ? { signal } : {});
  if (unavailable) return { cell, ...unavailable };
  const { backend, options, network } = cell;
  const { alpha, resolution, classes, conv, shallow } = network;
  const request = { backend, options, model: { alpha, resolution, classes, conv, shallow }, source };
  const ask = <N extends "verify" | "open">(job: N, details: OpenRequest) =>
    requestOnce(target, cell, job, details, signal);
  try {
    const reply = await ask("verify", { ...request, ...(batch !== undefined && { batch }) });
    if (!reply.ok) return { cell, ...failureOfReply(reply.failure) };
    const verified = reply.value;
    const verdict = (status: Checked["status"]) => ({ cell, status, ...verified });
    if (!verified.logits.ok || !verified.layers.ok) return verdict("mismatch");
    if (!otherProcess) return verdict("ok");

    const other = await ask("open", request);
    if (!other.ok) return { cell, ...failureOfReply(other.failure) };
    if (digest(other.value.logits) === verified.bits.digests[0]) return verdict("ok");
    const check = checkLogits(other.value.logits, verified.expected);
    const bits = { ...verified.bits, differ: [...verified.bits.differ, "process" as const] };
    if (check.ok) return { ...verdict("ok"), bits };
    const logits = { ...check, reason: `The logits of another process: ${check.reason}` };
    return { ...verdict("mismatch"), logits, bits };
  } catch (error) {
    return { cell, ...toFailure(error) };
  }
}

/** One job in a fresh process. */
async function requestOnce<N extends "verify" | "open">(
  target: Target,
  { id, backend }: PlannedCell,
  job: N,
  details: OpenRequest,
  signal: AbortSignal | undefined,
) {
  const runner = await target.open(purposeOf(id, backend), signal);
  const kill = () => void runner.kill();
  signal?.addEventListener("abort", kill, { once: true });
  try {
    return await runner.request(job, details, DEADLINE_MS);
  } finally {
    signal?.removeEventListener("abort", kill);
    await runner.kill();
  }
}
