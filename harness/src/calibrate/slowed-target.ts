import type { JobName, Jobs, Reply } from "@mobilenet-bench/runner";
import { CellFailed } from "../target/failure.ts";
import type { Runner, Target } from "../target/target.ts";

/**
 * The target with sessions that take longer by a share of their own time, and say so: what a calibration measures, and
 * what no id of a cell can name.
 */
export function slowedTarget(target: Target, slowDown: number): Target {
  return { ...target, open: async (purpose, signal) => slowed(await target.open(purpose, signal), slowDown) };
}

function slowed(runner: Runner, slowDown: number): Runner {
  return {
    ...(runner.processes && { processes: runner.processes }),
    kill: () => runner.kill(),
    async request<N extends JobName>(
      job: N,
      details: Jobs[N]["request"],
      deadlineMs: number,
    ): Promise<Reply<N>> {
      if (job !== "open") return runner.request(job, details, deadlineMs);
      const reply = await runner.request(job, { ...details, slowDown }, deadlineMs);
      if (reply.ok && slowDownOf(reply.value) !== slowDown)
        throw new CellFailed({
          status: "infra",
          reason: "The runner is not slowed down as it was asked to be.",
          remedy: "Build it again: npm start.",
        });
      return reply;
    },
  };
}

function slowDownOf(opened: Jobs[JobName]["reply"]): unknown {
  return "actual" in opened ? opened.actual["slowDown"] : undefined;
}
