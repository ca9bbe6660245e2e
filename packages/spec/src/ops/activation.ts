import { INPUT, type Activation, type Layer, type Operation, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

/** An activation that stands alone, such as behind a concatenation. */
export function activationLayer(
  name: string,
  input: Shape,
  activation: Activation,
  inputs: readonly string[] = [INPUT],
): Layer {
  return makeLayer({ name, type: "activation", inputs, input, activation });
}

export const activation: Operation = { linear: (_layer, _kernel, _bias, [input]) => input.slice() };
