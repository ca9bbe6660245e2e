import { layersFor, type Actual } from "@mobilenet-bench/backend";
import { foldBatchNorm, type FoldedWeights, type Model, type Weights } from "@mobilenet-bench/spec";
import { COMPUTES } from "./computes.ts";
import { chooseKernels } from "./engine/choose.ts";
import { createEngine } from "./engine/engine.ts";
import { measureWidening } from "./peak/widening.ts";
import { executedMultAdds } from "./plan/executed.ts";
import { packWeights } from "./plan/pack.ts";
import { createPlan } from "./plan/plan.ts";
import { WasmSession } from "./session.ts";
import type { Level } from "./simd/level.ts";
import { atLevel } from "./simd/revectorize.ts";

/** What to load with: resolved options only. */
export interface Settings {
  readonly level: Level;
  readonly threads: number;
  /** Whether the calling thread may wait for others. */
  readonly mayWait: boolean;
}

/** Chooses tiles, generates, compiles and packs; one load after the other. */
export async function loadModel(model: Model, weights: Weights, settings: Settings): Promise<WasmSession> {
  const details = settings.level === "wide" ? { widening: await measureWidening() } : {};
  return atLevel(settings.level, () => build(model, weights, settings, details));
}

async function build(
  model: Model,
  weights: Weights,
  { level, threads, mayWait }: Settings,
  details: Readonly<Record<string, number>>,
): Promise<WasmSession> {
  const layers = layersFor("wasm", model, COMPUTES);
  let folded: FoldedWeights = new Map();
  const choose = await chooseKernels(layers, threads, level, () => {
    folded = foldBatchNorm(model, weights);
  });
  const planned = createPlan(layers, threads, choose);
  const engine = await createEngine(planned, mayWait, (memory) => {
    for (const step of planned.plan.steps) {
      const layer = folded.get(step.name);
      if (layer) packWeights(memory, step, layer);
    }
  });
  const kernels = planned.kernels.map(
    ({ kernel, placement }) => [placement.layer.name, kernel.name] as const,
  );
  const actual: Actual = {
    threads,
    precision: "fp32",
    arithmetic: "fp32",
    simd: level,
    ...details,
    executedMultAdds: executedMultAdds(planned),
    kernels: Object.fromEntries(kernels),
  };
  return new WasmSession(model, engine, actual);
}
