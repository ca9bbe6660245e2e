import type { Layer, Operation } from "../graph/index.ts";
import { reduceWindows, windowPoolLayer, type WindowPool } from "./window-pool.ts";

export function averagePoolLayer(pool: WindowPool): Layer {
  return windowPoolLayer("average-pool", pool);
}

/** The mean of the values under each window, without those in the padding, as TensorFlow takes it. */
export const averagePool: Operation = {
  linear: (layer, _kernel, _bias, [input]) =>
    reduceWindows(layer, input, (values) => values.reduce((a, b) => a + b, 0) / values.length),
};
