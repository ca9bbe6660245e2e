import type { JobName, Jobs, OpenRequest, Reply } from "@mobilenet-bench/runner";
import { CellFailed } from "./failure.ts";
import type { Runner, Target } from "./target.ts";

/** What no id of a cell can name. */
export type Special = Pick<OpenRequest, "slowDown" | "bareLoop">;

/**
 * The target with sessions that are not measured as users' are, and say so: slowed down by a share of their own time, as
 * calibrations do, or in a bare loop.
 */
export function openedWith(target: Target, special: Special): Target {
  return { ...target, open: async (purpose, signal) => asking(await target.open(purpose, signal), special) };
}

function asking(runner: Runner, special: Special): Runner {
  return {
    ...(runner.processes && { processes: runner.processes }),
    kill: () => runner.kill(),
    async request<N extends JobName>(
      job: N,
      details: Jobs[N]["request"],
      deadlineMs: number,
    ): Promise<Reply<N>> {
      if (job !== "open") return runner.request(job, details, deadlineMs);
      const reply = await runner.request(job, { ...details, ...special }, deadlineMs);
      if (reply.ok) refuseOther(reply.value, special);
      return reply;
    },
  };
}

/** @throws CellFailed where the session does not say that it is what was asked for */
function refuseOther(opened: Jobs[JobName]["reply"], special: Special): void {
  const actual: Readonly<Record<string, unknown>> = "actual" in opened ? opened.actual : {};
  for (const [name, value] of Object.entries(special))
    if (actual[name] !== value)
      throw new CellFailed({
        status: "infra",
        reason: `The runner does not say ${name}=${value}, which it was asked for.`,
        remedy: "Build it again: npm start.",
      });
}
