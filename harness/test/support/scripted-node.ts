import { REPLY_VALUES, type JobName, type Purpose, type Reply } from "@mobilenet-bench/runner";
import type { Target } from "../../src/target/target.ts";

/** What a runner says to a job, and what is done before it says so. */
export interface Script {
  readonly replies: Readonly<Record<JobName, unknown>>;
  /** The reply waits for it. */
  readonly before?: (job: JobName, purpose: Purpose) => Promise<void> | void;
}

/** A target by the name of `node` whose runners do nothing but answer. */
export function scriptedNode({ replies, before = () => {} }: Script): Target {
  return {
    id: "node",
    summary: "answers by script",
    platform: "node",
    availability: () => Promise.resolve({ available: true }),
    open: (purpose) =>
      Promise.resolve({
        kill: () => Promise.resolve(),
        async request<N extends JobName>(job: N): Promise<Reply<N>> {
          await before(job, purpose);
          return { ok: true, value: REPLY_VALUES[job].parse(replies[job]) };
        },
      }),
  };
}
