import { SpecError } from "../error.ts";
import { type Layer, type Operation, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

/** A layer's output that another one reads. */
export interface Branch {
  readonly name: string;
  readonly output: Shape;
}

/**
 * The channels of several layers side by side, in their order.
 * @throws SpecError where there are none, or their planes are of different sizes
 */
export function concatenationLayer(name: string, branches: readonly Branch[]): Layer {
  const [first, ...others] = branches;
  if (!first) throw new SpecError(`layer "${name}" concatenates nothing. Name the layers that it reads.`);
  const [height, width] = first.output;
  for (const { name: other, output } of others)
    if (output[0] !== height || output[1] !== width)
      throw new SpecError(
        `layer "${name}" concatenates ${height}×${width} pixels of "${first.name}" and ${output[0]}×${output[1]} of "${other}". Make planes of one size.`,
      );
  const channels = branches.reduce((sum, { output }) => sum + output[2], 0);
  return makeLayer({
    name,
    type: "concatenation",
    inputs: branches.map((branch) => branch.name),
    input: first.output,
    output: [height, width, channels],
  });
}

export const concatenation: Operation = {
  linear({ output: [height, width, channels] }, _kernel, _bias, inputs) {
    const output = new Float64Array(height * width * channels);
    let before = 0;
    for (const input of inputs) {
      const own = input.length / (height * width);
      for (let pixel = 0; pixel < height * width; pixel++)
        output.set(input.subarray(pixel * own, (pixel + 1) * own), pixel * channels + before);
      before += own;
    }
    return output;
  },
};
