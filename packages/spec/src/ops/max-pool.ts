import type { Layer, Operation } from "../graph/index.ts";
import { reduceWindows, windowPoolLayer, type WindowPool } from "./window-pool.ts";

export function maxPoolLayer(pool: WindowPool): Layer {
  return windowPoolLayer("max-pool", pool);
}

/** The largest value under each window; padding never is. */
export const maxPool: Operation = {
  linear: (layer, _kernel, _bias, [input]) => reduceWindows(layer, input, (values) => Math.max(...values)),
};
