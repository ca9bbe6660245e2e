import type { Layer, Model } from "@mobilenet-bench/spec";
import { InputError } from "./errors.ts";

/** The layers that sessions compute: all up to the classifier, without the softmax. */
export function layersToLogits(model: Model): readonly Layer[] {
  return model.layers.filter(({ type }) => type !== "softmax");
}

/** What a session answers to the name of a layer that it does not compute. @param names those that it does */
export function unknownLayer(name: string, names: readonly string[]): InputError {
  return new InputError(`There is no layer "${name}". Use one of ${names.join(", ")}.`);
}
