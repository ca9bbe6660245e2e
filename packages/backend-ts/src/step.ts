import { isWeighted, type FoldedLayer, type FoldedWeights } from "@mobilenet-bench/spec";
import type { TsLayer } from "./computes.ts";
import { packPanels } from "./kernels/pack-panels.ts";

/** Makes an array that all threads of a session can read and write. */
export type Allocate = (length: number) => Float32Array;

/** A layer with its weights as the kernels read them. */
export interface Step {
  readonly layer: TsLayer;
  /** Panels (see `packPanels`) or, for depthwise, [kernel · kernel, channels]; empty for a pool. */
  readonly kernel: Float32Array;
  /** One per output channel; empty for a pool. */
  readonly bias: Float32Array;
}

/** The steps of an inference, up to the logits. */
export function compileSteps(
  layers: readonly TsLayer[],
  folded: FoldedWeights,
  allocate: Allocate,
): readonly Step[] {
  return layers.map((layer) => packStep(layer, folded.get(layer.name), allocate));
}

/** One layer; `weights` as the spec has them, none for a pool. */
export function packStep(layer: TsLayer, weights: FoldedLayer | undefined, allocate: Allocate): Step {
  if (!isWeighted(layer)) return { layer, kernel: allocate(0), bias: allocate(0) };
  if (!weights)
    throw new Error(`[backend-ts] Layer ${layer.name} has no weights. Fold them with its own model.`);
  const { kernel, bias } = weights;
  return {
    layer,
    kernel:
      layer.type === "depthwise" ? copy(kernel, allocate) : packPanels(kernel, layer.output[2], allocate),
    bias: copy(bias, allocate),
  };
}

function copy(from: Float32Array, allocate: Allocate): Float32Array {
  const to = allocate(from.length);
  to.set(from);
  return to;
}
