import { INPUT, type Layer, type Operation, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

/** Global average pool over the whole plane. */
export function poolLayer(name: string, input: Shape, inputs: readonly string[] = [INPUT]): Layer {
  return makeLayer({ name, type: "pool", inputs, kernel: input[0], input, output: [1, 1, input[2]] });
}

export const pool: Operation = {
  linear({ input: [height, width, channels] }, _kernel, _bias, [input]) {
    const output = new Float64Array(channels);
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let c = 0; c < channels; c++) output[c]! += input[pixel * channels + c]!;
    return output.map((sum) => sum / (height * width));
  },
};
