import fc from "fast-check";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readModelFile, writeModelFile, type Format } from "@mobilenet-bench/model-files";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { readSafetensors, writeSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { createModel, foldBatchNorm, generateWeights } from "@mobilenet-bench/spec";
import { differences, foldedDifferences, inFolder, models, readBytes } from "./support/models.ts";
import { runs } from "./support/runs.ts";

const TIMEOUT_MS = 120_000;
const RUNS = runs(5, 15);

/** Any ε, most of which float32 cannot hold. */
const epsilons = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-3, 1e-5, 1e-50));

describe("what is written is read again, to the last bit", () => {
  test.each<Format>(["onnx", "safetensors", "tfjs"])("as %s", { timeout: TIMEOUT_MS }, async (format) => {
    await fc.assert(
      fc.asyncProperty(models, epsilons, fc.integer(), async (model, epsilon, seed) => {
        const weights = { ...generateWeights(model, seed), epsilon };
        const labels = Array.from({ length: model.classes }, (_, i) => `class ${i} “é”`);
        await inFolder(async (folder) => {
          const file = path.join(folder, "written");
          await writeModelFile({ model, weights, labels }, file, format);
          const found = await readModelFile(file);
          expect(differences(found, { model, weights })).toEqual([]);
          expect(found.labels).toEqual(labels);
          expect(found.name).toBe("written");
          expect(found.sha256).toMatch(/^[0-9a-f]{64}$/);
        });
      }),
      RUNS,
    );
  });

  test.each<Format>(["onnx", "safetensors", "tfjs"])(
    "with ReLU, symmetric padding and an output stride of 16, as %s",
    async (format) => {
      const config = {
        alpha: 0.1,
        resolution: 64,
        classes: 3,
        outputStride: 16,
        predictions: "sigmoid",
      } as const;
      for (const shallow of [false, true]) {
        const model = createModel({ ...config, shallow, activation: "relu", padding: "symmetric" });
        const expected = { model, weights: generateWeights(model) };
        await inFolder(async (folder) => {
          const file = path.join(folder, "written");
          await writeModelFile(expected, file, format);
          const found = await readModelFile(file);
          expect(found.model.name).toBe(model.name);
          expect(foldedDifferences(found, foldBatchNorm(model, expected.weights))).toEqual([]);
        });
      }
    },
  );

  test("with an α that many would share", async () => {
    const model = createModel({ alpha: 0.500123456789, resolution: 32, classes: 2 });
    const weights = generateWeights(model);
    const expected = { model, weights };
    const onnx = await readBytes(exportOnnx(model, weights, { batchNorm: true }));
    expect(differences(onnx, expected)).toEqual([]);
    expect(differences(readSafetensors(writeSafetensors(expected)), expected)).toEqual([]);
  });

  test("and a safetensors file is the same bytes when written again", () => {
    const model = createModel({ alpha: 0.1, resolution: 32, classes: 2 });
    const origin = { name: "mobilenet.onnx", sha256: "0".repeat(64) };
    const bytes = writeSafetensors({ model, weights: generateWeights(model), ...origin });
    const found = readSafetensors(bytes);
    expect(found.notes).toEqual([`It was made of "mobilenet.onnx" (SHA-256 ${origin.sha256}).`]);
    expect(Buffer.compare(writeSafetensors({ ...found, ...origin }), bytes)).toBe(0);
  });
});

describe("folded batch norm folds to the same bits again", () => {
  test("from ONNX, with and without softmax", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(models, fc.boolean(), fc.integer(), async (model, softmax, seed) => {
        const weights = generateWeights(model, seed);
        const found = await readBytes(exportOnnx(model, weights, { softmax }));
        expect(found.model).toEqual(model);
        expect(found.weights.epsilon).toBe(0);
        expect(foldedDifferences(found, foldBatchNorm(model, weights))).toEqual([]);
        expect(found.notes[0]).toMatch(/folded/);
      }),
      RUNS,
    );
  });

  test("and through every format from there", { timeout: TIMEOUT_MS }, async () => {
    const model = createModel({ alpha: 0.25, resolution: 40, classes: 3 });
    const folded = await readBytes(exportOnnx(model, generateWeights(model)));
    for (const format of ["onnx", "safetensors", "tfjs"] as const)
      await inFolder(async (folder) => {
        const file = path.join(folder, "written");
        await writeModelFile(folded, file, format);
        expect(differences(await readModelFile(file), folded)).toEqual([]);
      });
  });

  test("with every layer as an output, or a fixed batch", async () => {
    const model = createModel({ alpha: 0.1, resolution: 45, classes: 4 });
    const weights = generateWeights(model);
    for (const options of [{ layerOutputs: true }, { batch: 3 }]) {
      const found = await readBytes(exportOnnx(model, weights, options));
      expect(foldedDifferences(found, foldBatchNorm(model, weights))).toEqual([]);
    }
  });
});
