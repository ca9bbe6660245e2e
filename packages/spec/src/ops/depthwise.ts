import type { Layer, WeightedOperation } from "../graph/index.ts";
import { forEachTap } from "./for-each-tap.ts";
import { startingAt } from "./starting-at.ts";

/** Every channel on its own, with its own window; kernel `[kernel, kernel, channels, 1]`. */
export const depthwise: WeightedOperation = {
  kernelShape: ({ kernel, output: [, , channels] }) => [kernel, kernel, channels, 1],
  linear: (layer, kernel, bias, [input]) => filter(layer, kernel, bias, input),
};

function filter(layer: Layer, kernel: Float64Array, bias: Float64Array, input: Float64Array) {
  const [, , channels] = layer.output;
  const output = startingAt(bias, layer.output);
  forEachTap(layer, (to, from, tap) => {
    const [out, pixel, place] = [to * channels, from * channels, tap * channels];
    for (let c = 0; c < channels; c++) output[out + c]! += input[pixel + c]! * kernel[place + c]!;
  });
  return output;
}
