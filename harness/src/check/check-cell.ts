import { checkLogits } from "@mobilenet-bench/backend";
import { moduleOf, purposeOf } from "../run/purpose.ts";
import { failureOfReply, toFailure, type Failure } from "../target/failure.ts";
import {
  digest,
  namedModel,
  type Bits,
  type Findings,
  type InputSource,
  type OpenRequest,
  type Variation,
} from "@mobilenet-bench/runner";
import type { PlannedCell } from "../plan/cell.ts";
import { whyCellTooLarge } from "../run/too-large.ts";
import { whyUnavailable } from "../run/why-unavailable.ts";

/** What checking a cell found. */
export type Verdict = { readonly cell: PlannedCell } & (Checked | Failure);

/**
 * A cell that could be compared with the reference, rightly or wrongly computed: its findings, with the comparison
 * between two processes added to that within one.
 */
export interface Checked extends Omit<Findings, "bits"> {
  readonly status: "ok" | "mismatch";
  readonly bits: Omit<Bits, "differ"> & { readonly differ: readonly (Variation | "process")[] };
}

/** Whether there are findings, so that figures may be read; a cell that failed before that has a reason alone. */
export function isChecked<V extends Verdict>(verdict: V): verdict is V & Checked {
  return "logits" in verdict;
}

/** What is checked beyond one session and its successor. */
export interface CheckCellOptions {
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
export async function checkCell(
  cell: PlannedCell,
  source: InputSource,
  { batch, otherProcess = false, signal }: CheckCellOptions = {},
): Promise<Verdict> {
  const unavailable = (await whyUnavailable(cell, signal ? { signal } : {})) ?? whyCellTooLarge(cell);
  if (unavailable) return { cell, ...unavailable };
  const { backend, from, options, network } = cell;
  const request = {
    backend,
    ...moduleOf(from),
    options,
    model: namedModel(network),
    source,
  };
  const ask = <N extends "check" | "open">(job: N, details: OpenRequest) =>
    requestOnce(cell, job, details, signal);
  try {
    const reply = await ask("check", { ...request, ...(batch !== undefined && { batch }) });
    if (!reply.ok) return { cell, ...failureOfReply(reply.failure) };
    const findings = reply.value;
    const verdict = (status: Checked["status"]) => ({ cell, status, ...findings });
    if (!findings.logits.ok || !findings.layers.ok) return verdict("mismatch");
    if (!otherProcess) return verdict("ok");

    const other = await ask("open", request);
    if (!other.ok) return { cell, ...failureOfReply(other.failure) };
    if (digest(other.value.logits) === findings.bits.digests[0]) return verdict("ok");
    const check = checkLogits(other.value.logits, findings.expected);
    const bits = { ...findings.bits, differ: [...findings.bits.differ, "process" as const] };
    if (check.ok) return { ...verdict("ok"), bits };
    const logits = { ...check, reason: `The logits of another process: ${check.reason}` };
    return { ...verdict("mismatch"), logits, bits };
  } catch (error) {
    return { cell, ...toFailure(error) };
  }
}

/** One job in a fresh process. */
async function requestOnce<N extends "check" | "open">(
  { id, from, on }: PlannedCell,
  job: N,
  details: OpenRequest,
  signal: AbortSignal | undefined,
) {
  const runner = await on.open(purposeOf(id, from), signal);
  const kill = () => void runner.kill();
  signal?.addEventListener("abort", kill, { once: true });
  try {
    return await runner.request(job, details, DEADLINE_MS);
  } finally {
    signal?.removeEventListener("abort", kill);
    await runner.kill();
  }
}
