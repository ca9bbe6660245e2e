import { instantiate } from "../kernels/module.ts";
import type { Plan } from "../plan/step.ts";
import { createExecutor } from "./execute.ts";
import { arrive, follow } from "./team.ts";

/** What a worker is started with: modules carry their compiled code, so nothing is compiled twice. */
export interface WorkerJob {
  readonly plan: Plan;
  readonly kernels: readonly WebAssembly.Module[];
  readonly barrier: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
}

/** Joins the team; returns when the team is released. */
export function join({ plan, kernels, barrier, memory, thread }: WorkerJob, ready: () => void) {
  const meet = instantiate(barrier, memory);
  const executor = createExecutor(
    plan,
    kernels.map((module) => instantiate(module, memory)),
    thread,
    () => arrive(meet),
  );
  ready();
  follow(executor, meet, memory);
}
