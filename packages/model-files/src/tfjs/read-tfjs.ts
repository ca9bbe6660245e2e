import type { ReadGraph } from "../files/format.ts";
import { readGraph } from "./graph/read-graph.ts";
import { z } from "zod";
import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { checked, parseJson } from "./json.ts";
import { readLayers } from "./layers/read-layers.ts";
import { metadataSchema, modelJsonSchema } from "./model-json.ts";
import { readWeights } from "./weights.ts";

/**
 * Reads a model of TensorFlow.js from its model.json and the weight files beside it: layers models of Keras 2 and 3,
 * and graph models.
 * @throws ModelFileError
 */
export const readTfjs: ReadGraph = async (files, name) => {
  const text = parseJson(await files.read(name), name, z.record(z.string(), z.unknown()));
  refuseOthers(text, name);
  const json = checked(text, quote(name), modelJsonSchema);
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

/** @throws ModelFileError where there is no network, with or without weights */
function refuseOthers(json: Readonly<Record<string, unknown>>, name: string) {
  if ((json["modelTopology"] ?? undefined) !== undefined) return;
  if (json["weightsManifest"] === undefined)
    throw new ModelFileError(
      `${quote(name)} is JSON, but no model of TensorFlow.js`,
      "Name the model.json that tensorflowjs_converter or model.save() wrote",
    );
  throw new ModelFileError(
    `${quote(name)} names weights, but no network`,
    "Convert the network again with tensorflowjs_converter, which writes both into one model.json",
  );
}
