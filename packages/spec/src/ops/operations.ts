import type { Layer, LayerType, Operation, WeightedOperation } from "../graph/index.ts";
import { activation } from "./activation.ts";
import { averagePool } from "./average-pool.ts";
import { concatenation } from "./concatenation.ts";
import { convolution } from "./convolution.ts";
import { dense } from "./dense.ts";
import { depthwise } from "./depthwise.ts";
import { maxPool } from "./max-pool.ts";
import { normalization } from "./normalization.ts";
import { pointwise } from "./pointwise.ts";
import { pool } from "./pool.ts";
import { sigmoid } from "./sigmoid.ts";
import { softmax } from "./softmax.ts";

const WEIGHTED = { convolution, depthwise, pointwise, dense } satisfies Partial<
  Record<LayerType, WeightedOperation>
>;

/** What each operation means; the compiler names one that is missing. */
export const OPERATIONS: Readonly<Record<LayerType, Operation>> = {
  ...WEIGHTED,
  pool,
  softmax,
  sigmoid,
  "average-pool": averagePool,
  "max-pool": maxPool,
  concatenation,
  normalization,
  activation,
};

/** A layer that has a kernel: what weights, folding and most kernels of the backends are about. */
export interface WeightedLayer extends Layer {
  readonly type: keyof typeof WEIGHTED;
}

/** Whether a layer has a kernel. */
export function isWeighted(layer: Layer): layer is WeightedLayer {
  return Object.hasOwn(WEIGHTED, layer.type);
}

/** The layers that have a kernel, in the order of computation. */
export function weightedLayers({ layers }: { readonly layers: readonly Layer[] }): readonly WeightedLayer[] {
  return layers.filter(isWeighted);
}

/** Convolution and pointwise `[k, k, in / groups, out]`, depthwise `[k, k, channels, 1]`, dense `[in, out]`. */
export function kernelShape(layer: WeightedLayer): readonly number[] {
  return WEIGHTED[layer.type].kernelShape(layer);
}
