import type { Padding, Tensor } from "@mobilenet-bench/spec";

/**
 * A network as read from a file, before it is known to be a MobileNet: what every reader produces and
 * {@link mapGraph} takes. In NHWC terms, whatever the file's layout.
 */
export interface SourceGraph {
  /** Such as "ONNX" or "TensorFlow.js layers model". */
  readonly format: string;
  /** In any order; nodes that no output needs may be among them. */
  readonly nodes: readonly SourceNode[];
  /** The values (see {@link SourceNode.output}) that the file names as results. */
  readonly outputs: readonly string[];
  readonly about?: About;
  /** What a user should know of how the file was read: a sentence each. */
  readonly notes?: readonly string[];
}

/** What a file says about itself beside the network. It is believed as far as the network agrees. */
export interface About {
  /** Where many α give the same channels: the one that was meant. */
  readonly alpha?: number;
  /** Of batch norm, where the format stores it with fewer digits than float64. */
  readonly epsilon?: number;
  readonly labels?: readonly string[];
}

/** One operator. Its constants are part of the operation, so inputs are activations only. */
export interface SourceNode {
  /** The file's own name of it, for messages. */
  readonly name: string;
  /** The file's own word for what it does, such as "Conv" or "FusedDepthwiseConv2dNative", for messages. */
  readonly operator: string;
  /** Values that other nodes compute; empty for an input. */
  readonly inputs: readonly string[];
  /** The value that it computes, unique in the graph. */
  readonly output: string;
  readonly operation: Operation;
}

/**
 * What a node computes on activations [n, height, width, channels], or [n, channels] once height and width
 * have gone. A fused operator of the file becomes several nodes, of the same name and operator. Values per
 * channel have one element per channel; a reader repeats a scalar, or leaves it at one element.
 */
export type Operation =
  /** Null where the file leaves it open. */
  | {
      readonly type: "input";
      readonly height: number | null;
      readonly width: number | null;
      readonly channels: number | null;
    }
  /** Zeros around the image. */
  | { readonly type: "pad"; readonly padding: Padding }
  /** Kernel [k, k, in, out]. */
  | ({ readonly type: "convolution" } & Convolution)
  /** Kernel [k, k, channels, multiplier]. */
  | ({ readonly type: "depthwise" } & Convolution)
  | ({ readonly type: "batch-norm" } & BatchNorm)
  | { readonly type: "add"; readonly values: Float32Array }
  | { readonly type: "multiply"; readonly values: Float32Array }
  /** ReLU6 is min 0 and max 6; a one-sided clip has an infinity on the other side. */
  | { readonly type: "clip"; readonly min: number; readonly max: number }
  /** The mean of each channel over the whole plane, with or without the axes of size 1 that remain. */
  | { readonly type: "global-average" }
  /** The mean over one of the plane's axes, of which another mean takes the other. */
  | { readonly type: "average"; readonly over: "rows" | "columns" }
  | ({ readonly type: "average-pool"; readonly height: number; readonly width: number } & Window)
  /** Kernel [in, out]. */
  | { readonly type: "dense"; readonly kernel: Tensor; readonly bias?: Float32Array }
  /** What changes no value and no order in NHWC terms: identity, dropout at inference, NHWC to NCHW and back. */
  | { readonly type: "identity" }
  /**
   * Reshape, flatten, squeeze, expand: the order of the values in memory stays. `shape` is the new one with the batch
   * first, null where it follows from the rest; left out where all that goes or comes are axes of size 1.
   */
  | { readonly type: "reshape"; readonly shape?: readonly (number | null)[] }
  /** Over the channels. */
  | { readonly type: "softmax" }
  | { readonly type: "sigmoid" }
  /**
   * Anything else; `what` says it in the words of an error: "a convolution with dilation 2×2". The remedy is a sentence
   * without its full stop, where there is a better one than for any other layer.
   */
  | { readonly type: "other"; readonly what: string; readonly remedy?: string };

interface Window {
  /** In both directions; a reader makes anything else "other". */
  readonly stride: number;
  /** TensorFlow's SAME (the odd pixel behind) or ONNX's SAME_LOWER (before); VALID is zero on each side. */
  readonly padding: "same" | "same-lower" | Padding;
}

interface Convolution extends Window {
  readonly kernel: Tensor;
  /** One per output channel. */
  readonly bias?: Float32Array;
}

interface BatchNorm {
  /** Ones where left out. */
  readonly gamma?: Float32Array;
  /** Zeros where left out. */
  readonly beta?: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}
