import { elements, type Shape } from "../graph/index.ts";

/** Sums of that shape which begin with the biases of their channels. */
export function startingAt(bias: Float64Array, shape: Shape): Float64Array {
  const sums = new Float64Array(elements(shape));
  for (let pixel = 0; pixel < sums.length; pixel += bias.length) sums.set(bias, pixel);
  return sums;
}
