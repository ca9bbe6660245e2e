import { INPUT, type Layer, type Shape, type WeightedOperation } from "../graph/index.ts";
import { convolve } from "./convolution.ts";
import { makeLayer } from "./make-layer.ts";

/** Every input with every output, with a bias: the classifier. */
export function denseLayer(
  name: string,
  input: Shape,
  channels: number,
  inputs: readonly string[] = [INPUT],
): Layer {
  const params = input[2] * channels;
  return makeLayer({
    name,
    type: "dense",
    inputs,
    input,
    output: [1, 1, channels],
    multAdds: params,
    params,
  });
}

/** Kernel `[in, out]`. */
export const dense: WeightedOperation = {
  kernelShape: ({ input: [, , depth], output: [, , channels] }) => [depth, channels],
  linear: (layer, kernel, bias, [input]) => convolve(layer, kernel, bias, input),
};
