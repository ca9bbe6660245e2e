import type { Layer } from "./layer.ts";
import type { Inputs } from "./walk.ts";

/** Activations are NHWC without the N; kernels in the layouts of {@link WeightedOperation}. */
export type Numbers = Float64Array | Float32Array;

/** What an operation means, beside the function of its file that makes layers of it. */
export interface Operation {
  /**
   * The output before the activation: the definition of correct for every backend, in the plainest loops that are not
   * painfully slow. Arguments are never written to.
   * @param kernel and @param bias are empty where the operation has none
   * @param inputs in the order of the layer's inputs
   */
  readonly linear: (
    layer: Layer,
    kernel: Float64Array,
    bias: Float64Array,
    inputs: Inputs<Float64Array>,
  ) => Float64Array;
  /** Stands in place of the layer's activation where that is no function of single elements. */
  readonly activate?: (layer: Layer, output: Float64Array) => Float64Array;
}

/** An operation that has a kernel, and with it a bias for each output channel. */
export interface WeightedOperation extends Operation {
  /** Elements of the same output channel are as far apart as there are output channels. */
  readonly kernelShape: (layer: Pick<Layer, "kernel" | "groups" | "input" | "output">) => readonly number[];
}
