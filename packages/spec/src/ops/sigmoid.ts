import { INPUT, NO_PADDING, type Layer, type Operation, type Shape } from "../graph/index.ts";

/** Of classes that do not exclude each other. */
export function sigmoidLayer(name: string, input: Shape, inputs: readonly string[] = [INPUT]): Layer {
  return {
    name,
    type: "sigmoid",
    inputs,
    kernel: 1,
    stride: 1,
    padding: NO_PADDING,
    groups: 1,
    input,
    output: input,
    batchNorm: false,
    activation: "none",
    multAdds: 0,
    params: 0,
  };
}

export const sigmoid: Operation = {
  linear: (_layer, _kernel, _bias, [logits]) => logits.slice(),
  activate: (_layer, logits) => logits.map((logit) => 1 / (1 + Math.exp(-logit))),
};
