import type { Activation } from "./activation.ts";
import type { Padding } from "./padding.ts";
import type { Shape } from "./shape.ts";

/**
 * The operations that layers are made of: first those of the paper's Table 1, then those of the networks that it sets
 * MobileNet against. A pointwise convolution is a 1×1 convolution of stride 1; a pool takes the average of a whole plane.
 */
export const LAYER_TYPES = [
  "convolution",
  "depthwise",
  "pointwise",
  "pool",
  "dense",
  "softmax",
  "sigmoid",
  "average-pool",
  "max-pool",
  "concatenation",
  "normalization",
  "activation",
] as const;
export type LayerType = (typeof LAYER_TYPES)[number];

/** What makes probabilities of logits. */
export const PREDICTIONS = ["softmax", "sigmoid"] as const satisfies readonly LayerType[];
export type Prediction = (typeof PREDICTIONS)[number];

/** What the input of a network is called among the inputs of its layers. */
export const INPUT = "input";

/** Local response normalization: y = x / (bias + alpha / size · Σ x²)^beta over `size` neighbouring channels. */
export interface ResponseNormalization {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** A node of a network, with concrete shapes: for MobileNet one row of the paper's Table 1. */
export interface Layer {
  readonly name: string;
  readonly type: LayerType;
  /** The layers whose outputs it reads, by name; {@link INPUT} is what the network is given. */
  readonly inputs: readonly string[];
  /** Side of the square kernel, in pixels; the input's side for the global pool, 1 where there is no window. */
  readonly kernel: number;
  /** In pixels, the same in both directions. */
  readonly stride: number;
  readonly padding: Padding;
  /** Parts into which a convolution's channels fall, each of which sees its own part of the input alone; else 1. */
  readonly groups: number;
  /** Of what it reads first. */
  readonly input: Shape;
  readonly output: Shape;
  /** Of a normalization alone. */
  readonly normalization?: ResponseNormalization;
  /** Whether batch norm follows the kernel, which folds into a bias; other kernels have a bias of their own. */
  readonly batchNorm: boolean;
  /** What follows the bias, or the (folded) batch norm. */
  readonly activation: Activation;
  /** Multiply–accumulates at batch 1; 0 where there is no kernel. */
  readonly multAdds: number;
  /** Kernel elements; no biases, no batch norm. */
  readonly params: number;
}
