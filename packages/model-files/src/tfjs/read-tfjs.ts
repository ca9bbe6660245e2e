import type { ReadGraph } from "../files/format.ts";
import { readGraph } from "./graph/read-graph.ts";
import { parseJson } from "./json.ts";
import { readLayers } from "./layers/read-layers.ts";
import { metadataSchema, modelJsonSchema } from "./model-json.ts";
import { readWeights } from "./weights.ts";

/**
 * Reads a model of TensorFlow.js from its model.json and the weight files beside it: layers models of Keras 2 and 3,
 * and graph models.
 * @throws ModelFileError
 */
export const readTfjs: ReadGraph = async (files, name) => {
  const json = parseJson(await files.read(name), name, modelJsonSchema);
  const weights = await readWeights(files, json.weightsManifest);
  const graph =
    "node" in json.modelTopology ? readGraph(json, weights) : readLayers(json.modelTopology, weights);
  const metadata = metadataSchema.safeParse(json.userDefinedMetadata);
  const { alpha, labels } = metadata.data?.mobilenetBench ?? {};
  return {
    ...graph,
    about: { ...(alpha !== undefined && { alpha }), ...(labels && { labels }) },
    notes: weights.notes,
  };
};
