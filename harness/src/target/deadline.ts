import { setTimeout } from "node:timers/promises";
import type { JobName } from "../runner/messages.ts";
import { RunnerDied } from "./target.ts";

/** Rejects after the deadline, unless called off before. */
export async function hang(
  job: JobName | "the start",
  deadlineMs: number,
  signal: AbortSignal,
): Promise<never> {
  await setTimeout(deadlineMs, undefined, { signal });
  throw new RunnerDied("hang", `No answer to ${job} within ${Math.round(deadlineMs / 1000)} s.`);
}
