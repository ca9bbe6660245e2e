import { setTimeout } from "node:timers/promises";
import { RunnerDied } from "@mobilenet-bench/runner";

/** Rejects after the deadline, unless called off before. */
export async function hang(what: string, deadlineMs: number, signal: AbortSignal): Promise<never> {
  await setTimeout(deadlineMs, undefined, { signal });
  throw new RunnerDied("hang", `No answer to ${what} within ${Math.round(deadlineMs / 1000)} s.`);
}

/** Rejects when the run is to end, unless called off before. */
export function interruption(run: AbortSignal | undefined, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const interrupt = () => reject(new RunnerDied("crash", "The run was interrupted."));
    if (run?.aborted) interrupt();
    run?.addEventListener("abort", interrupt, { once: true, signal });
  });
}
