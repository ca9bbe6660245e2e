import { ACTIVATIONS, mapInputs, type Inputs, type Layer, type Numbers } from "../graph/index.ts";
import { OPERATIONS } from "./operations.ts";

/**
 * A layer's output in float64: the definition of correct for every backend, not a competitor to any.
 * @param kernel and @param bias are empty for layers without a kernel
 * @param inputs NHWC without the N, as many as the layer reads
 */
export function forward(
  layer: Layer,
  kernel: Numbers,
  bias: Numbers,
  ...inputs: Inputs<Numbers>
): Float64Array {
  const output = linear(layer, kernel, bias, ...inputs);
  const { activate } = OPERATIONS[layer.type];
  if (activate) return activate(layer, output);
  if (layer.activation === "none") return output;
  const [least, greatest] = ACTIVATIONS[layer.activation];
  for (let i = 0; i < output.length; i++) output[i] = Math.min(Math.max(output[i]!, least), greatest);
  return output;
}

/** The sum of products and the bias, before the activation: also what error bounds are computed with. */
export function linear(
  layer: Layer,
  kernel: Numbers,
  bias: Numbers,
  ...inputs: Inputs<Numbers>
): Float64Array {
  // V8 compiles one loop per element type; float64 throughout keeps it monomorphic and free of conversions.
  const { linear } = OPERATIONS[layer.type];
  return linear(layer, float64(kernel), float64(bias), mapInputs(inputs, float64));
}

function float64(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : new Float64Array(numbers);
}
