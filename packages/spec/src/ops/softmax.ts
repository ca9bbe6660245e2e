import { INPUT, NO_PADDING, type Layer, type Operation, type Shape } from "../graph/index.ts";

export function softmaxLayer(name: string, input: Shape, inputs: readonly string[] = [INPUT]): Layer {
  return {
    name,
    type: "softmax",
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

export const softmax: Operation = {
  linear: (_layer, _kernel, _bias, [logits]) => logits.slice(),
  /** With the maximum subtracted first, so that no exponential overflows. */
  activate(_layer, logits) {
    const maximum = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const exponentials = logits.map((logit) => Math.exp(logit - maximum));
    const sum = exponentials.reduce((a, b) => a + b, 0);
    return exponentials.map((value) => value / sum);
  },
};
