/** The layer types of the paper's Table 1. A pointwise convolution is a 1×1 convolution of stride 1. */
export const LAYER_TYPES = ["convolution", "depthwise", "pointwise", "pool", "dense", "softmax"] as const;
export type LayerType = (typeof LAYER_TYPES)[number];

/** Height, width, channels (NHWC without the N). */
export type Shape = readonly [height: number, width: number, channels: number];

/** Zero padding in pixels on each side of the input. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** One row of the paper's Table 1 with concrete shapes. */
export interface Layer {
  readonly name: string;
  readonly type: LayerType;
  /** Side of the square kernel, in pixels; the input's side for the global pool, 1 for dense and softmax. */
  readonly kernel: number;
  /** In pixels, the same in both directions. */
  readonly stride: number;
  readonly padding: Padding;
  readonly input: Shape;
  readonly output: Shape;
  /** What follows the (folded) batch norm. */
  readonly activation: "relu6" | "none";
  /** Multiply–accumulates at batch 1; 0 for pool and softmax. */
  readonly multAdds: number;
  /** Kernel elements; no biases, no batch norm. */
  readonly params: number;
}

const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * TensorFlow's SAME padding along one axis: ⌈size / stride⌉ outputs, and where the total is odd the
 * extra pixel goes behind (bottom, right).
 */
export function samePadding(size: number, kernel: number, stride: number) {
  const output = Math.ceil(size / stride);
  const total = Math.max(0, (output - 1) * stride + kernel - size);
  const before = Math.floor(total / 2);
  return { output, before, after: total - before };
}

interface Convolution {
  readonly name: string;
  readonly type: "convolution" | "depthwise" | "pointwise";
  readonly kernel: number;
  readonly stride: number;
  readonly input: Shape;
  readonly channels: number;
}

/** A SAME-padded convolution with batch norm and ReLU6. */
export function convolutionLayer({ name, type, kernel, stride, input, channels }: Convolution): Layer {
  const [height, width, inputChannels] = input;
  const rows = samePadding(height, kernel, stride);
  const columns = samePadding(width, kernel, stride);
  // A depthwise kernel sees one input channel only.
  const depth = type === "depthwise" ? 1 : inputChannels;
  const params = kernel * kernel * depth * channels;
  return {
    name,
    type,
    kernel,
    stride,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    input,
    output: [rows.output, columns.output, channels],
    activation: "relu6",
    multAdds: rows.output * columns.output * params,
    params,
  };
}

/** Global average pool over the whole plane. */
export function poolLayer(name: string, input: Shape): Layer {
  return plain({ name, type: "pool", kernel: input[0], input, output: [1, 1, input[2]], params: 0 });
}

/** The classifier: every input with every class, with bias. */
export function denseLayer(name: string, input: Shape, classes: number): Layer {
  return plain({
    name,
    type: "dense",
    kernel: 1,
    input,
    output: [1, 1, classes],
    params: input[2] * classes,
  });
}

export function softmaxLayer(name: string, input: Shape): Layer {
  return plain({ name, type: "softmax", kernel: 1, input, output: input, params: 0 });
}

/** A layer without padding, stride or activation, whose parameters are used once each. */
function plain(layer: Pick<Layer, "name" | "type" | "kernel" | "input" | "output" | "params">): Layer {
  return { ...layer, stride: 1, padding: NO_PADDING, activation: "none", multAdds: layer.params };
}

/** The number of elements of a shape. */
export function elements(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}
