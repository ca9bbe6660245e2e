import type { SourceGraph, SourceNode } from "../../graph/source-graph.ts";
import type { ModelJson } from "../model-json.ts";
import type { StoredWeights } from "../weights.ts";
import { LayerWeights } from "./layer-weights.ts";
import { operationsOf } from "./operations.ts";
import { flattenTopology } from "./topology.ts";

const LAYERS_FORMAT = "TensorFlow.js layers model";

/** The graph of a layers model. A layer of several steps, such as one with an activation, becomes several nodes. */
export function readLayers(topology: ModelJson["modelTopology"], { tensors }: StoredWeights): SourceGraph {
  const { layers, outputs } = flattenTopology(topology);
  const weights = new LayerWeights(tensors);
  const nodes = layers.flatMap((layer) => {
    const operations = operationsOf(layer, weights);
    return operations.map((operation, step): SourceNode => {
      const isLast = step === operations.length - 1;
      return {
        name: layer.output,
        operator: layer.className,
        inputs: step === 0 ? layer.inputs : [stepOutput(layer.output, step - 1)],
        output: isLast ? layer.output : stepOutput(layer.output, step),
        operation,
      };
    });
  });
  return { format: LAYERS_FORMAT, nodes, outputs };
}

/** Values within a layer; no layer can be named so, since names with a zero byte are refused. */
function stepOutput(output: string, step: number) {
  return `${output}\0${step}`;
}
