import { other, type Converter } from "./node-view.ts";
import { readWindow } from "./window.ts";

/** [k, k, in, out] of [out, in, k, k]. */
const SPATIAL_FIRST = [2, 3, 1, 0];

/** Conv: kernel [out, in / groups, k, k], and [out] biases. */
export const convolution: Converter = ({ attributes, constants, inputs, layout }) => {
  if (layout !== "nchw") return other("a convolution of activations that are not NCHW");
  const weights = constants.floats(inputs[1]);
  const kernel = constants.transposed(inputs[1], SPATIAL_FIRST);
  if (!weights || !kernel) return other("a convolution without a constant kernel of four axes");
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
  const [height = 0, width = 0] = kernel.shape;
  return {
    operation: {
      type: isDepthwise ? "depthwise" : "convolution",
      // The output channels of a depthwise kernel are the multiples of each input channel in turn.
      kernel: {
        shape: isDepthwise ? [height, width, groups, outputs / groups] : kernel.shape,
        data: kernel.data,
      },
      ...window,
      ...(bias && { bias }),
    },
  };
};
