import { foldBatchNorm, SpecError, type Model, type Weights } from "@mobilenet-bench/spec";
import { ModelFileError } from "./error.ts";

/**
 * Folds the weights once, which checks every tensor.
 * @throws ModelFileError where one is missing or has another shape, where values are not finite or a variance is negative
 */
export function checkWeights(model: Model, weights: Weights) {
  asModelFileError(() => foldBatchNorm(model, weights));
}

/** What the spec refuses is refused as a file. */
export function asModelFileError<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof SpecError)) throw cause;
    const fact = cause.message.replace(/^\[spec\] /, "").replace(/\.$/, "");
    throw new ModelFileError(
      `the network is a MobileNet V1, but ${fact}`,
      "Check the file that it came from",
      {
        cause,
      },
    );
  }
}
