import type { Tensor } from "@mobilenet-bench/spec";
import { transpose } from "../transpose.ts";
import { other, type Converter, type NodeView } from "./node-view.ts";
import { readWindow } from "./window.ts";

/** Conv: kernel [out, in / groups, k, k], and [out] biases. */
export const convolution: Converter = (node) => {
  const { attributes, constants, inputs, layout } = node;
  if (layout !== "nchw") return other("a convolution of activations that are not NCHW");
  const weights = constants.floats(inputs[1]);
  if (!weights || weights.shape.length !== 4)
    return other("a convolution without a constant kernel of four axes");
  const window = readWindow(attributes);
  if (typeof window === "string") return other(`a convolution with ${window}`);
  const hasBias = inputs[2] !== undefined && inputs[2] !== "";
  const bias = constants.floats(inputs[2])?.data;
  if (hasBias && !bias) return other("a convolution whose biases are no constants");

  const groups = attributes.int("group", 1);
  const [outputs = 0, depth = 0] = weights.shape;
  const isDepthwise = groups > 1;
  if (isDepthwise && (depth !== 1 || outputs % groups !== 0))
    return other(`a convolution in ${groups} groups of ${depth} channels`);
  const kernel = spatialFirst(node, weights);
  const [height = 0, width = 0] = kernel.shape;
  return {
    operation: {
      type: isDepthwise ? "depthwise" : "convolution",
      // Output channels of a depthwise kernel are the multiples of each input channel in turn.
      kernel: isDepthwise ? { shape: [height, width, groups, outputs / groups], data: kernel.data } : kernel,
      ...window,
      ...(bias && { bias }),
    },
  };
};

/** [k, k, in, out] from [out, in, k, k]. */
function spatialFirst({ budget }: NodeView, { shape, data }: Tensor): Tensor {
  budget.spend(data.length);
  return transpose(data, shape, [2, 3, 1, 0]);
}
