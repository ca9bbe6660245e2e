import { failureOfReply, toFailure, type Failure } from "./cell-run.ts";
import type { InputSource } from "../runner/inputs.ts";
import type { Verified } from "../runner/messages.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Runner, Target } from "../target/target.ts";
import { TARGETS } from "../target/targets.ts";
import { whyUnavailable } from "./why-unavailable.ts";

/** What checking a cell found. */
export type Verdict = { readonly cell: PlannedCell } & (
  ({ readonly status: "ok" | "mismatch" } & Verified) | Failure
);

/** The reference computes every layer three times over, in float64: minutes for the largest models. */
const DEADLINE_MS = 15 * 60_000;

/** Checks one cell in a process of its own: its logits, and each layer as far as the backend lets it be had. */
export async function verifyCell(
  cell: PlannedCell,
  source: InputSource,
  targets: Readonly<Record<string, Target>> = TARGETS,
): Promise<Verdict> {
  const target = targets[cell.target];
  if (!target) return { cell, status: "infra", reason: `There is no target ${cell.target}.` };
  const unavailable = await whyUnavailable(cell, target);
  if (unavailable) return { cell, ...unavailable };
  let runner: Runner | undefined;
  try {
    const { backend, options, network } = cell;
    const { alpha, resolution, classes, conv, shallow } = network;
    const model = { alpha, resolution, classes, conv, shallow };
    runner = await target.open({ cell: cell.id, backend, blocks: 0 });
    const reply = await runner.request("verify", { backend, options, model, source }, DEADLINE_MS);
    if (!reply.ok) return { cell, ...failureOfReply(reply.failure) };
    const { logits, layers } = reply.value;
    return { cell, status: logits.ok && layers.ok ? "ok" : "mismatch", ...reply.value };
  } catch (error) {
    return { cell, ...toFailure(error) };
  } finally {
    await runner?.kill();
  }
}
