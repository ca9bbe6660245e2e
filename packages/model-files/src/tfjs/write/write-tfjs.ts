import { foldBatchNorm, weightShapes } from "@mobilenet-bench/spec";
import type { WriteFiles } from "../../files/format.ts";
import { toLittleEndian } from "../../little-endian.ts";
import { writeTopology } from "./topology.ts";

/** What the converter splits weights into, so that browsers keep them in their caches. */
const SHARD_BYTES = 4 * 1024 * 1024;
const MODEL_JSON = "model.json";

/**
 * A model as the files of a TensorFlow.js layers model, which `tf.loadLayersModel` loads: from images
 * [n, resolution, resolution, 3] to probabilities [n, classes]. Batch norm is kept as trained, so that reading the
 * files gives the same bits again.
 * @returns the shards, then `model.json`
 * @throws SpecError where the weights do not belong to the model
 */
export const writeTfjs: WriteFiles = ({ model, weights, labels }) => {
  foldBatchNorm(model, weights); // Which checks every tensor.
  const shapes = weightShapes(model);
  const { modelTopology, weights: written } = writeTopology(model, weights.epsilon);
  const bytes = Buffer.concat(
    written.map(({ tensor }) => toLittleEndian(weights.tensors.get(tensor)?.data ?? new Float32Array())),
  );
  const shards = Math.ceil(bytes.length / SHARD_BYTES);
  const files = new Map<string, Uint8Array>();
  for (let shard = 0; shard < shards; shard++)
    files.set(
      `group1-shard${shard + 1}of${shards}.bin`,
      bytes.subarray(shard * SHARD_BYTES, (shard + 1) * SHARD_BYTES),
    );
  const json = {
    format: "layers-model",
    generatedBy: "mobilenet-bench",
    convertedBy: null,
    modelTopology,
    weightsManifest: [
      {
        paths: [...files.keys()],
        weights: written.map(({ name, tensor }) => ({ name, shape: shapes.get(tensor), dtype: "float32" })),
      },
    ],
    userDefinedMetadata: { mobilenetBench: { alpha: model.alpha, ...(labels && { labels }) } },
  };
  return files.set(MODEL_JSON, Buffer.from(JSON.stringify(json)));
};
