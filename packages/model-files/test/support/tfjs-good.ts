import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { modelJson, written } from "./tfjs-files.ts";
import { graphModel } from "./tfjs-graph.ts";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);

/** A small layers model in order, for tests of what is changed in it. */
export const { json, bytes, layers, manifest } = written(model, weights);
export const good = modelJson(json.modelTopology, manifest);

/** The same network as a graph model. */
export const { json: goodGraph, bytes: graphBytes } = graphModel(model, weights, {
  norm: "fused",
  pads: "node",
  classifier: "convolution",
  pool: "mean",
  shape: "packed",
  relu6: "Relu6",
  softmax: true,
  signature: true,
});
