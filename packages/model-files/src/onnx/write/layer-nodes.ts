import { foldLayer, isWeighted, type Layer, type WeightedLayer, type Weights } from "@mobilenet-bench/spec";
import { unwritten } from "../../unwritten.ts";
import { addBatchNorm, stored } from "./batch-norm.ts";
import type { Graph } from "./graph.ts";
import { outputFirst } from "./kernel-layout.ts";

export interface LayerSource {
  readonly weights: Weights;
  /** Batch norm as a node of its own, in place of folded into kernel and bias. */
  readonly batchNorm: boolean;
}

/**
 * Adds the nodes of a layer that reads the tensor `input`, and returns the name of the tensor that holds its
 * output: the layer's own. Whatever else belongs to the layer starts with that name: `Conv2d_0/weights`.
 *
 * Within the graph activations are NCHW, as ONNX convolves, and [n, classes] from the classifier on.
 */
export function addLayer(graph: Graph, layer: Layer, input: string, source: LayerSource): string {
  const { name } = layer;
  if (isWeighted(layer))
    return layer.type === "dense"
      ? addDense(graph, layer, input, source)
      : addConvolution(graph, layer, input, source);
  if (layer.type === "pool")
    return graph.node({ name, operator: "GlobalAveragePool", inputs: [input], output: name });
  if (layer.type === "softmax")
    return graph.node({ name, operator: "Softmax", inputs: [input], attributes: { axis: -1 }, output: name });
  if (layer.type === "sigmoid")
    return graph.node({ name, operator: "Sigmoid", inputs: [input], output: name });
  throw unwritten(layer);
}

function addConvolution(graph: Graph, layer: WeightedLayer, input: string, source: LayerSource): string {
  const { name, kernel, stride, padding, groups, activation } = layer;
  const attributes = {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    // Explicit, since SAME's odd pixel goes behind: [top, left, bottom, right].
    pads: [padding.top, padding.left, padding.bottom, padding.right],
    group: layer.type === "depthwise" ? layer.input[2] : groups,
  };
  const { weights, batchNorm } = source;
  const folded = foldLayer(layer, weights); // Which also checks every tensor of the layer.
  const { data, dimensions } = outputFirst(
    layer,
    batchNorm ? stored(weights, `${name}/weights`) : folded.kernel,
  );
  const inputs = [input, graph.constant(`${name}/weights`, data, dimensions)];
  if (!batchNorm) inputs.push(graph.constant(`${name}/biases`, folded.bias, [folded.bias.length]));

  const linear = activation === "none" ? name : `${name}/linear`;
  const output = batchNorm ? `${name}/convolved` : linear;
  graph.node({ name, operator: "Conv", inputs, attributes, output });
  if (batchNorm) addBatchNorm(graph, layer, weights, output, linear);
  switch (activation) {
    case "none":
      return name;
    case "relu":
      return graph.node({ name: `${name}/relu`, operator: "Relu", inputs: [linear], output: name });
    case "relu6":
      return addRelu6(graph, name, linear);
  }
}

function addRelu6(graph: Graph, name: string, input: string): string {
  const bounds = [
    graph.constant(`${name}/relu6/min`, Float32Array.of(0), []),
    graph.constant(`${name}/relu6/max`, Float32Array.of(6), []),
  ];
  return graph.node({ name: `${name}/relu6`, operator: "Clip", inputs: [input, ...bounds], output: name });
}

function addDense(graph: Graph, layer: WeightedLayer, input: string, { weights }: LayerSource): string {
  const { name } = layer;
  const { kernel, bias } = foldLayer(layer, weights);
  const inputs = [
    graph.node({ name: `${name}/flatten`, operator: "Flatten", inputs: [input], output: `${name}/flat` }),
    graph.constant(`${name}/weights`, kernel, [layer.input[2], layer.output[2]]),
    graph.constant(`${name}/biases`, bias, [layer.output[2]]),
  ];
  return graph.node({ name, operator: "Gemm", inputs, output: name });
}
