import * as fc from "fast-check";
import { createModel, OUTPUT_STRIDES, PREDICTIONS, type ModelConfig } from "@mobilenet-bench/spec";

/** A network from anywhere in the spec's space, and what it computes on. */
export interface FuzzedModel {
  readonly config: Required<ModelConfig>;
  /** Images per inference. */
  readonly batch: number;
  /** Of weights and images. */
  readonly seed: number;
}

/**
 * Mult-adds of all images of one inference: the reference takes a twentieth of a second for so many. Now and then
 * more, so that networks as wide as the paper's are among them.
 */
const BUDGET = 1_500_000;
const MIN_ALPHA = 0.01;
const MIN_RESOLUTION = 32;
const budgets = fc.oneof(
  { arbitrary: fc.constant(BUDGET), weight: 19 },
  { arbitrary: fc.constant(16 * BUDGET), weight: 1 },
);

/**
 * Every α from 0.01 to 1.5 and resolution from 32 to 256, any classifier, all variants, batches up to 4; what would
 * cost more than the budget is made smaller in the one or the other dimension. fast-check shrinks towards the
 * thinnest network on the smallest image.
 */
export const fuzzedModels: fc.Arbitrary<FuzzedModel> = fc
  .record({
    percent: fc.integer({ min: 1, max: 150 }),
    resolution: fc.integer({ min: 32, max: 256 }),
    classes: fc.integer({ min: 1, max: 2100 }),
    conv: fc.boolean(),
    shallow: fc.boolean(),
    activation: fc.constantFrom("relu6" as const, "relu" as const),
    padding: fc.constantFrom("same" as const, "symmetric" as const),
    outputStride: fc.constantFrom(...OUTPUT_STRIDES),
    predictions: fc.constantFrom(...PREDICTIONS),
    batch: fc.constantFrom(1, 1, 2, 3, 4),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    budget: budgets,
  })
  .map(({ percent, batch, seed, budget, ...rest }) => ({
    config: withinBudget(
      { ...rest, alpha: percent / 100 },
      budget / batch,
      SHRINKING[seed % SHRINKING.length],
    ),
    batch,
    seed,
  }));

/** What gives way where a network costs too much. */
const SHRINKING = ["width", "resolution", "both"] as const;

/** The same network, thinner or on smaller images by steps of a sixth until it fits. */
function withinBudget(
  config: Required<ModelConfig>,
  budget: number,
  first: (typeof SHRINKING)[number] = "both",
): Required<ModelConfig> {
  let { alpha, resolution } = config;
  for (let step = 0; createModel({ ...config, alpha, resolution }).multAdds > budget; step++) {
    const wantsThinner = first === "both" ? step % 2 === 0 : first === "width";
    if (alpha > MIN_ALPHA && (wantsThinner || resolution === MIN_RESOLUTION))
      alpha = Math.max(MIN_ALPHA, Math.floor(alpha * 83) / 100);
    else if (resolution > MIN_RESOLUTION)
      resolution = Math.max(MIN_RESOLUTION, Math.floor(resolution * 0.83));
    else break;
  }
  return { ...config, alpha, resolution };
}
