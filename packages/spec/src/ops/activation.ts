import {
  INPUT,
  NO_PADDING,
  type Activation,
  type Layer,
  type Operation,
  type Shape,
} from "../graph/index.ts";

/** An activation that stands alone, such as behind a concatenation. */
export function activationLayer(
  name: string,
  input: Shape,
  activation: Activation,
  inputs: readonly string[] = [INPUT],
): Layer {
  return {
    name,
    type: "activation",
    inputs,
    kernel: 1,
    stride: 1,
    padding: NO_PADDING,
    groups: 1,
    input,
    output: input,
    batchNorm: false,
    activation,
    multAdds: 0,
    params: 0,
  };
}

export const activation: Operation = { linear: (_layer, _kernel, _bias, [input]) => input.slice() };
