import { BATCH_NORM, SpecError, type WeightedLayer, type Weights } from "@mobilenet-bench/spec";
import type { Graph } from "./graph.ts";

/** Adds batch norm as trained, on the tensor `input`; returns `output`. */
export function addBatchNorm(
  graph: Graph,
  { name, output: shape }: WeightedLayer,
  weights: Weights,
  input: string,
  output: string,
): string {
  const channels = shape[2];
  return graph.node({
    name: `${name}/batch_norm`,
    operator: "BatchNormalization",
    // ONNX wants scale, bias, mean and variance: the order of BATCH_NORM.
    inputs: [
      input,
      ...BATCH_NORM.map((statistic) =>
        graph.constant(`${name}/${statistic}`, stored(weights, `${name}/${statistic}`), [channels]),
      ),
    ],
    attributes: { epsilon: { float: weights.epsilon } },
    output,
  });
}

/** A tensor as trained. */
export function stored(weights: Weights, name: string): Float32Array {
  const tensor = weights.tensors.get(name);
  if (!tensor)
    throw new SpecError(`tensor "${name}" is missing from the weights. They belong to another model.`);
  return tensor.data;
}
