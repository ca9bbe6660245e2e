import { untilOptimised, type TierUp } from "../simd/tier-up.ts";
import type { Compiled } from "./compile.ts";
import type { Probe } from "./probe.ts";

/** Waits for the optimised code of modules that have not been seen to run it yet. */
export async function optimise(probes: readonly (readonly [Compiled, Probe])[], tierUp?: TierUp) {
  const cold = new Map(probes.filter(([{ optimised }]) => !optimised));
  await untilOptimised(
    [...cold.values()].map(({ run }) => run),
    tierUp,
  );
  for (const module of cold.keys()) module.optimised = true;
}
