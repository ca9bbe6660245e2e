import type { Layer } from "@mobilenet-bench/spec";
import { compileKernel } from "../src/engine/compile.ts";
import { createExecutor } from "../src/engine/execute.ts";
import { createMemory } from "../src/engine/memory.ts";
import { optimise } from "../src/engine/optimise.ts";
import { probe } from "../src/engine/probe.ts";
import { instantiate } from "../src/kernels/module.ts";
import type { Kernel } from "../src/kernels/table.ts";
import { at } from "../src/kernels/vocabulary.ts";
import { readPlane, writePlane } from "../src/plan/layout.ts";
import { packWeights } from "../src/plan/pack.ts";
import { createPlan } from "../src/plan/plan.ts";
import { withRevectorization } from "../src/simd/revectorize.ts";

export interface Case {
  readonly layer: Layer;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly input: Float32Array;
}

/**
 * One layer alone by one kernel of the table.
 * @param optimised waits for the engine's optimised code, at the kernel's level
 */
export async function runKernel(
  kernel: Kernel,
  { layer, kernel: values, bias, input }: Case,
  optimised = false,
) {
  const { plan, kernels } = createPlan([layer], 1, () => kernel);
  const [step] = plan.steps;
  const [placed] = kernels;
  if (!step || !placed) throw new Error("A layer has one step.");
  const memory = createMemory(plan.bytes, false);
  const floats = new Float32Array(memory.buffer);
  const compiled = await compileKernel(placed.kernel, placed.placement, false);
  const instance = instantiate(compiled.module, memory);
  if (optimised) {
    const wait = () => optimise([[compiled, probe(plan, step, instance)]]);
    await (kernel.level === "wide" ? withRevectorization(wait) : wait());
  }
  if (kernel.op !== "pool") packWeights(floats, step, { kernel: values, bias });
  writePlane(floats, step.input.address, step.input.layout, input);
  poison(floats, step.output.address, at(plan.steps, 0).output.layout);
  createExecutor(plan, [instance], 0, () => {}).layer(0);
  return readPlane(floats, step.output.address, step.output.layout);
}

/** So that an output that is not written is seen. */
function poison(floats: Float32Array, address: number, layout: Parameters<typeof readPlane>[2]) {
  const { height, width, channels } = layout;
  writePlane(floats, address, layout, new Float32Array(height * width * channels).fill(NaN));
}
