import { INPUT, NO_PADDING, type Layer } from "../graph/index.ts";

/**
 * A layer with what is given. The rest is as where there is neither window nor kernel: the output has the input's shape, and the layer
 * reads what the network is given.
 */
export function makeLayer(given: Pick<Layer, "name" | "type" | "input"> & Partial<Layer>): Layer {
  const { name, type, input, ...own } = given;
  return {
    name,
    type,
    inputs: [INPUT],
    kernel: 1,
    stride: 1,
    padding: NO_PADDING,
    groups: 1,
    input,
    output: input,
    batchNorm: false,
    activation: "none",
    multAdds: 0,
    params: 0,
    ...own,
  };
}
