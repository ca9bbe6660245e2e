import { INPUT, type Layer, type Operation, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

export function softmaxLayer(name: string, input: Shape, inputs: readonly string[] = [INPUT]): Layer {
  return makeLayer({ name, type: "softmax", inputs, input });
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
