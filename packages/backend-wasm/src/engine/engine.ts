import { instantiate, type Kernel } from "../kernels/module.ts";
import { startWorker, type StartedWorker } from "../platform/worker.ts";
import type { Planned } from "../plan/plan.ts";
import { compileKernel, compileOnce } from "./compile.ts";
import { createExecutor } from "./execute.ts";
import type { WorkerJob } from "./join.ts";
import { optimise } from "./optimise.ts";
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

const PAGE = 65536;

/** Compiles the kernels until their optimised code runs, and starts the threads beyond the first. */
export async function createEngine(planned: Planned): Promise<Engine> {
  const { plan, kernels } = planned;
  const shared = plan.threads > 1;
  const pages = Math.ceil(plan.bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  const compiled = await Promise.all(
    kernels.map(({ kernel, placement }) => compileKernel(kernel, placement, shared)),
  );
  const instances = compiled.map(({ module }) => instantiate(module, memory));
  await optimise(plan, compiled, instances);

  const workers: StartedWorker[] = [];
  let meet: Kernel = () => 0;
  if (shared) {
    const barrier = await compileOnce("barrier", `${plan.threads}`, true, () => teamBarrier(plan.threads));
    meet = instantiate(barrier.module, memory);

    const job = { plan, kernels: compiled.map(({ module }) => module), barrier: barrier.module, memory };
    const start = (thread: number) => startWorker({ ...job, thread } satisfies WorkerJob);
    workers.push(...(await Promise.all(Array.from({ length: plan.threads - 1 }, (_, i) => start(i + 1)))));
  }
  const executor = createExecutor(plan, instances, 0, () => arrive(meet));
  return {
    planned,
    floats: new Float32Array(memory.buffer),
    run: (command, after) => lead(command, executor, meet, memory, after),
    async dispose() {
      if (workers.length > 0) release(meet, memory);
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    },
  };
}
