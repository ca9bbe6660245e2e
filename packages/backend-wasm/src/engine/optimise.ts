import type { Kernel } from "../kernels/module.ts";
import type { Plan } from "../plan/step.ts";
import { untilOptimised } from "../simd/tier-up.ts";
import type { Compiled } from "./compile.ts";
import { probe } from "./probe.ts";

/** Runs a little of every kernel until each has its optimised code. The memory must hold zeros still. */
export async function optimise(plan: Plan, compiled: readonly Compiled[], instances: readonly Kernel[]) {
  const calls = new Map<Compiled, () => void>();
  for (const step of plan.steps) {
    const [kernel, instance] = [compiled[step.kernel], instances[step.kernel]];
    if (kernel && instance && !kernel.optimised) calls.set(kernel, probe(plan, step, instance).run);
  }
  await untilOptimised([...calls.values()]);
  for (const kernel of calls.keys()) kernel.optimised = true;
}
