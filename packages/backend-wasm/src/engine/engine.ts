import { barrier } from "../kernels/barrier.ts";
import { at, range } from "../list.ts";
import type { Planned } from "../plan/plan.ts";
import { createLeader } from "../run/leader.ts";
import type { ThreadJob } from "../run/messages.ts";
import type { Plan } from "../run/plan.ts";
import { instantiate } from "../run/routine.ts";
import { compileKernel, compileOnce } from "./compile.ts";
import { leadElsewhere, leadHere, obtain, type Lead } from "./lead.ts";
import { createMemory } from "./memory.ts";
import { optimise } from "./optimise.ts";
import { probe } from "./probe.ts";
import { startWorker, type StartedWorker } from "./start-worker.ts";

/** A planned network in memory with its threads. */
export interface Engine {
  readonly plan: Plan;
  /** The whole memory. */
  readonly floats: Float32Array;
  readonly lead: Lead;
  dispose(): Promise<void>;
}

/**
 * Compiles the kernels until their optimised code runs, and starts the threads beyond this one.
 * @param mayWait whether this thread may wait for others, and so be the first of them
 * @param fill writes the weights into the memory, while the engine optimises
 */
export async function createEngine(
  { plan, kernels }: Planned,
  mayWait: boolean,
  fill: (memory: Float32Array) => void,
): Promise<Engine> {
  const shared = plan.threads > 1;
  const memory = createMemory(plan.bytes, shared);
  const floats = new Float32Array(memory.buffer);
  const compiled = await Promise.all(
    kernels.map(({ kernel, placement }) => compileKernel(kernel, placement, shared)),
  );
  const routines = compiled.map(({ module }) => instantiate(module, memory));
  const probes = plan.steps.map(
    (step) => [at(compiled, step.routine), probe(plan, step, at(routines, step.routine))] as const,
  );
  const settle = kernels.some(({ kernel }) => kernel.level === "wide");
  await optimise(probes, { meanwhile: () => fill(floats), settle });

  if (!shared) {
    const lead = leadHere(createLeader(plan, routines, () => 0, memory));
    return { plan, floats, lead, dispose: async () => {} };
  }
  const { module } = await compileOnce("barrier", `${plan.threads}`, true, () => barrier(plan.threads));
  const modules = compiled.map(({ module }) => module);
  const first = mayWait ? 1 : 0;
  const workers = await startTeam({ plan, modules, barrier: module, memory }, first);
  const lead =
    first === 0
      ? leadElsewhere(at(workers, 0))
      : leadHere(createLeader(plan, routines, instantiate(module, memory), memory));
  return {
    plan,
    floats,
    lead,
    async dispose() {
      // So that none need be stopped while it sleeps. Where one has died, whoever inferred was told.
      await lead.release().catch(() => {});
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** The threads from `first` on: all of them or, where one does not start, none. */
async function startTeam(job: Omit<ThreadJob, "thread">, first: number): Promise<StartedWorker[]> {
  const workers = range(job.plan.threads - first).map(() => startWorker());
  try {
    await Promise.all(workers.map((worker, i) => obtain(worker, { ...job, thread: first + i })));
    return workers;
  } catch (cause) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw new Error(
      `[backend-wasm] A thread did not start. ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}
