import type { Layer } from "@mobilenet-bench/spec";
import { compileKernel } from "../src/engine/compile.ts";
import { createMemory } from "../src/engine/memory.ts";
import { optimise } from "../src/engine/optimise.ts";
import { probe } from "../src/engine/probe.ts";
import type { Kernel } from "../src/kernels/table.ts";
import { at } from "../src/list.ts";
import { createPlan } from "../src/plan/plan.ts";
import { createExecutor } from "../src/run/execute.ts";
import type { Step } from "../src/run/plan.ts";
import { instantiate } from "../src/run/routine.ts";
import { atLevel } from "../src/simd/revectorize.ts";

/** One layer alone in a memory of its own, computed by one kernel of the table. */
export interface Solo {
  readonly step: Step;
  readonly floats: Float32Array;
  readonly run: () => void;
}

/** @param optimised waits for the engine's optimised code, at the kernel's level */
export async function solo(kernel: Kernel, layer: Layer, optimised: boolean): Promise<Solo> {
  const { plan, kernels } = createPlan([layer], 1, () => kernel);
  const { kernel: sized, placement } = at(kernels, 0);
  const step = at(plan.steps, 0);
  const memory = createMemory(plan.bytes, false);
  const compiled = await compileKernel(sized, placement, false);
  const routine = instantiate(compiled.module, memory);
  const wait = () => optimise([[compiled, probe(plan, step, routine)]], { settle: kernel.level === "wide" });
  if (optimised) await atLevel(kernel.level, wait);
  const executor = createExecutor(plan, [routine], 0, () => {});
  return { step, floats: new Float32Array(memory.buffer), run: () => executor.layer(0) };
}
