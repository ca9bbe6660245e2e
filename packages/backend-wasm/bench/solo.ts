import type { Layer } from "@mobilenet-bench/spec";
import { compileKernel } from "../src/engine/compile.ts";
import { createExecutor } from "../src/engine/execute.ts";
import { createMemory } from "../src/engine/memory.ts";
import { optimise } from "../src/engine/optimise.ts";
import { probe } from "../src/engine/probe.ts";
import { instantiate } from "../src/kernels/module.ts";
import type { Kernel } from "../src/kernels/table.ts";
import { at } from "../src/kernels/vocabulary.ts";
import { createPlan } from "../src/plan/plan.ts";
import type { Step } from "../src/plan/step.ts";
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
  const instance = instantiate(compiled.module, memory);
  const wait = () => optimise([[compiled, probe(plan, step, instance)]], { settle: kernel.level === "wide" });
  if (optimised) await atLevel(kernel.level, wait);
  const executor = createExecutor(plan, [instance], 0, () => {});
  return { step, floats: new Float32Array(memory.buffer), run: () => executor.layer(0) };
}
