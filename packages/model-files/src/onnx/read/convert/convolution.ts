import type { Operation } from "../../../graph/source-graph.ts";
import { quote } from "../../../quote.ts";
import type { Attributes } from "../attributes.ts";
import { isNchw, nchw, sizeOf } from "../layout.ts";
import { floatsOf } from "../value.ts";
import { other, type Converter } from "./node-view.ts";
import { outputSizes, readWindow } from "./window.ts";

/** [k, k, in, out] of [out, in, k, k]. */
const SPATIAL_FIRST = [2, 3, 1, 0];

/** Conv: kernel [out, in / groups, k, k], and [out] biases. */
export const convolution: Converter = ({ attributes, inputs, isGiven, layout, position, transposed }) => {
  if (position !== 0 || !isNchw(layout)) return other("a convolution of activations that are not NCHW");
  const weights = floatsOf(inputs[1]);
  const kernel = weights?.shape.length === 4 && transposed(weights, SPATIAL_FIRST);
  if (!weights || !kernel) return other("a convolution without a constant kernel of four axes");
  const window = readWindow(attributes);
  if (typeof window === "string") return other(`a convolution with ${window}`);
  const bias = floatsOf(inputs[2])?.data;
  if (isGiven(2) && !bias) return other("a convolution whose biases are no constants");

  const groups = attributes.int("group", 1);
  const [outputs = 0, depth = 0] = weights.shape;
  const isDepthwise = groups > 1;
  if (isDepthwise && (depth !== 1 || outputs % groups !== 0))
    return other(`a convolution in ${groups} groups of ${depth} channels`);
  const [height = 0, width = 0] = kernel.shape;
  const sizes = outputSizes(window, { height, width }, [sizeOf(layout[2]!), sizeOf(layout[3]!)]);
  return {
    operations: [
      {
        type: isDepthwise ? "depthwise" : "convolution",
        // The output channels of a depthwise kernel are the multiples of each input channel in turn.
        kernel: {
          shape: isDepthwise ? [height, width, groups, outputs / groups] : kernel.shape,
          data: kernel.data,
        },
        ...window,
        ...(bias && { bias }),
      },
    ],
    layout: nchw(layout[0]!, outputs, ...sizes),
  };
};

/** FusedConv, which ONNX Runtime makes of a convolution and what follows: with an activation, and perhaps a sum. */
export const fusedConvolution: Converter = (node) => {
  if (node.isGiven(3)) return other("a convolution with a sum of branches fused into it");
  const converted = convolution(node);
  return { ...converted, operations: [...converted.operations, activation(node.attributes)] };
};

function activation(attributes: Attributes): Operation {
  const name = attributes.text("activation") ?? "";
  const [min = -Infinity, max = Infinity] = attributes.floats("activation_params") ?? [];
  if (name === "") return { type: "identity" };
  if (name === "Relu") return { type: "clip", min: 0, max: Infinity };
  return name === "Clip" ? { type: "clip", min, max } : { type: "other", what: `a fused ${quote(name)}` };
}
