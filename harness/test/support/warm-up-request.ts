import { expectLogits } from "@mobilenet-bench/backend";
import { createModel, generateWeights, type ModelConfig } from "@mobilenet-bench/spec";
import { VARIATION } from "../../src/runner/feed.ts";
import { timedImages } from "../../src/runner/inputs.ts";
import type { WarmUpRequest } from "../../src/runner/messages.ts";

/** As short a warm-up as there is, of what a runner makes from seed 1. */
export function warmUpRequest(config: ModelConfig): WarmUpRequest {
  return { warmUp: { tolerance: 1, capMs: 0 }, blockMs: 1, expected: timedExpected(config) };
}

/** The logits of each timed image of seed 1. */
export function timedExpected(config: ModelConfig) {
  const model = createModel(config);
  const weights = generateWeights(model, 1);
  return timedImages(model.resolution, { seed: 1 }).map((image) =>
    expectLogits(model, weights, image, undefined, VARIATION),
  );
}
