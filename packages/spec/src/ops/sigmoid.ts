import { INPUT, type Layer, type Operation, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

/** Of classes that do not exclude each other. */
export function sigmoidLayer(name: string, input: Shape, inputs: readonly string[] = [INPUT]): Layer {
  return makeLayer({ name, type: "sigmoid", inputs, input });
}

export const sigmoid: Operation = {
  linear: (_layer, _kernel, _bias, [logits]) => logits.slice(),
  activate: (_layer, logits) => logits.map((logit) => 1 / (1 + Math.exp(-logit))),
};
