import { BACKENDS } from "../backends.ts";
import type { Failure } from "./cell-run.ts";
import type { Verified } from "../runner/messages.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { RunnerDied, type Target } from "../target/target.ts";
import { TARGETS } from "../target/targets.ts";

/** What checking a cell found. */
export type Verdict = { readonly cell: PlannedCell } & (
  ({ readonly status: "ok" | "mismatch" } & Verified) | Failure
);

/** The reference computes every layer three times over, in float64: minutes for the largest models. */
const DEADLINE_MS = 15 * 60_000;

/** Checks one cell in a process of its own: its logits, and each layer as far as the backend lets it be had. */
export async function verifyCell(
  cell: PlannedCell,
  seed: number,
  targets: Readonly<Record<string, Target>> = TARGETS,
): Promise<Verdict> {
  const availability = await (await BACKENDS[cell.backend]()).availability();
  if (!availability.available)
    return { cell, status: "unsupported", reason: availability.reason, remedy: availability.remedy };
  const target = targets[cell.target];
  if (!target) return { cell, status: "infra", reason: `There is no target ${cell.target}.` };
  const runner = await target.open();
  try {
    const { alpha, resolution, classes, conv, shallow } = cell.network;
    const model = { alpha, resolution, classes, conv, shallow };
    const { backend, options } = cell;
    const reply = await runner.request("verify", { backend, options, model, seed }, DEADLINE_MS);
    if (reply.ok)
      return {
        cell,
        status: reply.value.logits.ok && reply.value.layers.ok ? "ok" : "mismatch",
        ...reply.value,
      };
    const { kind, message, remedy } = reply.failure;
    const status = kind === "unsupported" ? "unsupported" : "crash";
    return { cell, status, reason: message, ...(remedy === undefined ? {} : { remedy }) };
  } catch (error) {
    if (error instanceof RunnerDied) return { cell, status: error.status, reason: error.message };
    throw error;
  } finally {
    await runner.kill();
  }
}
