import { instantiate, type Kernel } from "../kernels/module.ts";
import { at, range } from "../kernels/vocabulary.ts";
import { startWorker, type StartedWorker } from "../platform/worker.ts";
import type { Planned } from "../plan/plan.ts";
import { compileKernel, compileOnce } from "./compile.ts";
import { createExecutor } from "./execute.ts";
import type { WorkerJob } from "./join.ts";
import { createMemory } from "./memory.ts";
import { optimise } from "./optimise.ts";
import { probe } from "./probe.ts";
import { arrive, lead, release, teamBarrier, type Command } from "./team.ts";

/** A planned network in memory with its threads. */
export interface Engine {
  readonly planned: Planned;
  /** The whole memory. */
  readonly floats: Float32Array;
  /** @param after called after each group or layer, when all threads have finished it */
  run(command: Command, after?: (index: number) => void): void;
  dispose(): Promise<void>;
}

/**
 * Compiles the kernels until their optimised code runs, and starts the threads beyond the first.
 * @param fill writes the weights into the memory, while the engine optimises
 */
export async function createEngine(planned: Planned, fill: (memory: Float32Array) => void): Promise<Engine> {
  const { plan, kernels } = planned;
  const shared = plan.threads > 1;
  const memory = createMemory(plan.bytes, shared);
  const floats = new Float32Array(memory.buffer);
  const compiled = await Promise.all(
    kernels.map(({ kernel, placement }) => compileKernel(kernel, placement, shared)),
  );
  const instances = compiled.map(({ module }) => instantiate(module, memory));
  const probes = plan.steps.map(
    (step) => [at(compiled, step.kernel), probe(plan, step, at(instances, step.kernel))] as const,
  );
  const settle = kernels.some(({ kernel }) => kernel.level === "wide");
  await optimise(probes, { meanwhile: () => fill(floats), settle });

  let meet: Kernel = () => 0;
  let workers: StartedWorker[] = [];
  if (shared) {
    const barrier = await compileOnce("barrier", `${plan.threads}`, true, () => teamBarrier(plan.threads));
    meet = instantiate(barrier.module, memory);
    const modules = compiled.map(({ module }) => module);
    workers = await startTeam({ plan, kernels: modules, barrier: barrier.module, memory });
  }
  const executor = createExecutor(plan, instances, 0, () => arrive(meet));
  return {
    planned,
    floats,
    run: (command, after) => lead(command, executor, meet, memory, after),
    async dispose() {
      if (workers.length > 0) release(meet, memory);
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/** The threads beyond the first: all of them or, where one does not start, none. */
async function startTeam(job: Omit<WorkerJob, "thread">): Promise<StartedWorker[]> {
  const starts = range(job.plan.threads - 1).map((i) =>
    startWorker({ ...job, thread: i + 1 } satisfies WorkerJob),
  );
  const settled = await Promise.allSettled(starts);
  const started = settled.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failed = settled.find((start) => start.status === "rejected");
  if (!failed) return started;
  await Promise.all(started.map((worker) => worker.terminate()));
  throw new Error("[backend-wasm] A thread did not start. Ask for fewer threads.", { cause: failed.reason });
}
