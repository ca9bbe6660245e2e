import type { Layer, Model } from "@mobilenet-bench/spec";

/** The layers that sessions compute: all up to the classifier, without the softmax. */
export function layersToLogits(model: Model): readonly Layer[] {
  return model.layers.filter(({ type }) => type !== "softmax");
}
