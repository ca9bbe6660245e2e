import { expectLogits } from "@mobilenet-bench/backend";
import {
  modelOf,
  timedImages,
  VARIATION,
  type NamedModel,
  type WarmUpRequest,
} from "@mobilenet-bench/runner";
import { generateWeights } from "@mobilenet-bench/spec";

/** As short a warm-up as there is, of what a runner makes from seed 1. */
export function warmUpRequest(named: NamedModel): WarmUpRequest {
  return { warmUp: { tolerance: 1, capMs: 0 }, blockMs: 1, expected: timedExpected(named) };
}

/** The logits of each timed image of seed 1. */
export function timedExpected(named: NamedModel) {
  const model = modelOf(named);
  const weights = generateWeights(model, 1);
  return timedImages(model.resolution, { seed: 1 }).map((image) =>
    expectLogits(model, weights, image, undefined, VARIATION),
  );
}
