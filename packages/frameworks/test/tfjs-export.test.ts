import { readFile } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkLogits, compare, expectLogits } from "@mobilenet-bench/backend";
import { writeModelFile } from "@mobilenet-bench/model-files";
import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";
import { enableProdMode, io, setBackend, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { loadLayersModel, model as layersModel } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { softmaxOf } from "./support/softmax.ts";

const MODELS: readonly ModelConfig[] = [
  { alpha: 0.1, resolution: 45, classes: 5 },
  { alpha: 0.25, resolution: 64, classes: 11, conv: true },
  { alpha: 0.3, resolution: 33, classes: 1, shallow: true },
  // Of several shards.
  { alpha: 1, resolution: 32, classes: 1001 },
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-export-"));
  enableProdMode();
  await import("@tensorflow/tfjs-backend-cpu");
  await setBackend("cpu");
});
afterAll(() => rm(folder, { recursive: true }));

/** From files, with the library's own idea of what belongs to a model. */
function handlerOf(folder: string): io.IOHandler {
  return {
    load: async () => {
      const json: io.ModelJSON = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
      return io.getModelArtifactsForJSON(json, async (manifest) => {
        const paths = manifest.flatMap(({ paths }) => paths);
        const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
        return [io.getWeightSpecs(manifest), new Uint8Array(Buffer.concat(shards)).buffer];
      });
    },
  };
}

describe.each(MODELS)("TensorFlow.js loads our export of %o", (config) => {
  it("and computes its logits and probabilities", { timeout: 120_000 }, async () => {
    const model = createModel(config);
    const weights = generateWeights(model);
    const image = syntheticImage(model.resolution);
    const where = join(folder, model.name);
    await writeModelFile({ model, weights }, where, "tfjs");

    const loaded = await loadLayersModel(handlerOf(where));
    const logits = loaded.getLayer("Logits").output;
    const both = layersModel({ inputs: loaded.inputs, outputs: [...[logits].flat(), ...loaded.outputs] });
    const [first, second] = both.predict(tensor(image, [1, ...model.input])) as Tensor[];
    const expected = expectLogits(model, weights, image);
    expect(checkLogits(Float32Array.from(first!.dataSync()), expected)).toMatchObject({ ok: true });
    expect(compare(Float32Array.from(second!.dataSync()), softmaxOf(expected))).toMatchObject({ ok: true });
  });
});
