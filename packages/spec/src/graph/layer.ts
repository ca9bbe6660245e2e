import type { Activation } from "./activation.ts";
import type { Padding } from "./padding.ts";
import type { Shape } from "./shape.ts";

/**
 * The operations that layers are made of: those of the paper's Table 1. A pointwise convolution is a 1×1 convolution of
 * stride 1.
 */
export const LAYER_TYPES = ["convolution", "depthwise", "pointwise", "pool", "dense", "softmax"] as const;
export type LayerType = (typeof LAYER_TYPES)[number];

/** What the input of a network is called among the inputs of its layers. */
export const INPUT = "input";

/** A node of a network, with concrete shapes: for MobileNet one row of the paper's Table 1. */
export interface Layer {
  readonly name: string;
  readonly type: LayerType;
  /** The layers whose outputs it reads, by name; {@link INPUT} is what the network is given. */
  readonly inputs: readonly string[];
  /** Side of the square kernel, in pixels; the input's side for the global pool, 1 for dense and softmax. */
  readonly kernel: number;
  /** In pixels, the same in both directions. */
  readonly stride: number;
  readonly padding: Padding;
  /** Of what it reads first. */
  readonly input: Shape;
  readonly output: Shape;
  /** Whether batch norm follows the kernel, which folds into a bias; other kernels have a bias of their own. */
  readonly batchNorm: boolean;
  /** What follows the bias, or the (folded) batch norm. */
  readonly activation: Activation;
  /** Multiply–accumulates at batch 1; 0 for pool and softmax. */
  readonly multAdds: number;
  /** Kernel elements; no biases, no batch norm. */
  readonly params: number;
}
