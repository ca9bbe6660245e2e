import { computedLayers, isComputed, type Layer, type Model, type Weights } from "@mobilenet-bench/spec";
import { aboutProps } from "../about-props.ts";
import { Graph, withBatch, type Dimensions } from "./graph.ts";
import { addLayer } from "./layer-nodes.ts";

/** The graph's input: NHWC [n, resolution, resolution, 3]. */
export const INPUT = "input";
/** Its output [n, classes] without softmax: the spec's name of the classifier. */
export const LOGITS = "Logits";
/** The batch dimension where each run chooses it. */
const OPEN_BATCH = "N";

export interface ExportOptions {
  /** Images per run; left out, each run chooses. */
  readonly batch?: number;
  /** Batch norm as nodes of their own, as trained, in place of folded into the convolutions. */
  readonly batchNorm?: boolean;
  /** Ends with the softmax (or the sigmoid), so that the output is probabilities and named `Predictions`; else logits, `Logits`. */
  readonly softmax?: boolean;
  /** Every layer's output (NHWC, under the layer's name) is an output of the graph. */
  readonly layerOutputs?: boolean;
  /** One per class, kept in the file's metadata. */
  readonly labels?: readonly string[];
}

/**
 * A model of the family as the bytes of an `.onnx` file: opset 17, float32, weights inside. Input `input`
 * NHWC [n, resolution, resolution, 3], transposed once; output `Logits` (or `Predictions`) [n, classes].
 * Names of nodes and constants start with the names of the layers. The metadata hold what the graph cannot: which of the
 * α that give these channels was meant, and ε of batch norm beyond float32.
 * @throws SpecError where the weights do not belong to the model
 */
export function exportOnnx(model: Model, weights: Weights, options: ExportOptions = {}): Uint8Array {
  const { batch = OPEN_BATCH, batchNorm = false, softmax = false, layerOutputs = false, labels } = options;
  const graph = new Graph(model.name);
  const layers = softmax ? model.layers : computedLayers(model);
  let tensor = addInput(graph, withBatch(batch, model.input));
  for (const layer of layers) {
    tensor = addLayer(graph, layer, tensor, { weights, batchNorm });
    if (layerOutputs || layer === layers.at(-1)) addOutput(graph, layer, tensor, batch);
  }
  return graph.encode(
    aboutProps({ alpha: model.alpha, epsilon: weights.epsilon, ...(labels && { labels }) }),
  );
}

/** One layer as a model of its own, batch norm folded: input `input` NHWC, output of the layer's name NHWC. */
export function exportOnnxLayer(layer: Layer, weights: Weights): Uint8Array {
  const graph = new Graph(layer.name);
  const input = addInput(graph, withBatch(1, layer.input));
  addOutput(graph, layer, addLayer(graph, layer, input, { weights, batchNorm: false }), 1);
  return graph.encode();
}

function addInput(graph: Graph, dimensions: Dimensions): string {
  graph.input(INPUT, dimensions);
  return graph.node({
    name: `${INPUT}/transpose`,
    operator: "Transpose",
    inputs: [INPUT],
    attributes: { perm: [0, 3, 1, 2] },
    output: `${INPUT}/nchw`,
  });
}

function addOutput(graph: Graph, layer: Layer, tensor: string, batch: number | string) {
  if (isFlat(layer)) {
    graph.output(tensor, [batch, layer.output[2]]);
    return;
  }
  const output = outputName(layer);
  graph.node({
    name: `${layer.name}/transpose`,
    operator: "Transpose",
    inputs: [tensor],
    attributes: { perm: [0, 2, 3, 1] },
    output,
  });
  graph.output(output, withBatch(batch, layer.output));
}

/** The graph output that holds a layer's output, NHWC: within the graph it is NCHW and bears the plain name. */
export function outputName(layer: Layer): string {
  return isFlat(layer) ? layer.name : `${layer.name}/nhwc`;
}

/** Of shape [n, classes], where height and width have gone. */
function isFlat(layer: Layer): boolean {
  return layer.type === "dense" || !isComputed(layer);
}
