import type { Actual, Session } from "@mobilenet-bench/backend";
import { foldBatchNorm, type Model, type Weights } from "@mobilenet-bench/spec";
import { createEngine } from "./engine/engine.ts";
import { kernelsFor } from "./kernels/table.ts";
import { at } from "./kernels/vocabulary.ts";
import { packWeights } from "./plan/pack.ts";
import { createPlan } from "./plan/plan.ts";
import type { Level } from "./simd/level.ts";
import { WasmSession } from "./session.ts";

/** Generates, compiles and packs; resolved options only. */
export async function loadModel(
  model: Model,
  weights: Weights,
  { level, threads }: { level: Level; threads: number },
): Promise<Session> {
  const layers = model.layers.filter(({ type }) => type !== "softmax");
  const folded = foldBatchNorm(model, weights);
  const planned = createPlan(layers, threads, ({ layer }) => {
    if (layer.type === "softmax") throw new TypeError("[backend-wasm] softmax has no kernel.");
    return at(kernelsFor(layer.type, level), 0);
  });
  const engine = await createEngine(planned);
  for (const step of planned.plan.steps) {
    const layer = folded.get(step.name);
    if (layer) packWeights(engine.floats, step, layer);
  }
  const kernels = planned.kernels.map(
    ({ kernel, placement }) => [placement.layer.name, kernel.name] as const,
  );
  const actual: Actual = {
    threads,
    precision: "fp32",
    simd: level,
    kernels: Object.fromEntries(kernels),
  };
  return new WasmSession(model, engine, actual);
}
