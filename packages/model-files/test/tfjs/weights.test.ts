import fc from "fast-check";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { io } from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { SourceFiles } from "../../src/files/source-files.ts";
import { readWeights } from "../../src/tfjs/weights.ts";
import { manifestSchema } from "../../src/tfjs/manifest.ts";
import { inFolder } from "../support/models.ts";
import { modelJson, readTogether, written, type StoredWeight } from "../support/tfjs-files.ts";

// The decoder makes tensors, which need a backend.
await import("@tensorflow/tfjs-backend-cpu");

const TYPES = [
  { dtype: "float32", bytes: 4 },
  { dtype: "int32", bytes: 4 },
  { dtype: "bool", bytes: 1 },
  { dtype: "float32", stored: "float16", bytes: 2 },
  { dtype: "float32", stored: "uint8", bytes: 1 },
  { dtype: "float32", stored: "uint16", bytes: 2 },
  { dtype: "int32", stored: "uint8", bytes: 1 },
] as const;

/** A few weights of every kind, and what their bytes are. */
const groups = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
      scale: fc.double({ min: -3, max: 3, noNaN: true }),
      min: fc.double({ min: -3, max: 3, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((weights) => {
    let length = 0;
    const manifest = weights.map(({ type, shape, scale, min }, i): StoredWeight => {
      length += type.bytes * shape.reduce((product, size) => product * size, 1);
      const { dtype } = type;
      const entry = { name: `weight${i}`, shape, dtype };
      return "stored" in type
        ? { ...entry, quantization: { dtype: type.stored, ...(type.stored !== "float16" && { scale, min }) } }
        : entry;
    });
    const bytes = fc.uint8Array({ minLength: length, maxLength: length });
    return fc.record({ manifest: fc.constant(manifest), bytes, cut: fc.nat(length) });
  });

describe("weights", () => {
  test("are decoded as by tfjs-core, however they are stored and split", async () => {
    await fc.assert(
      fc.asyncProperty(groups, async ({ manifest, bytes, cut }) => {
        const decoded = io.decodeWeights(bytes.slice().buffer, manifest as io.WeightsManifestEntry[]);
        await inFolder(async (folder) => {
          await writeFile(path.join(folder, "a.bin"), bytes.subarray(0, cut));
          await writeFile(path.join(folder, "b.bin"), bytes.subarray(cut));
          const group = { paths: ["a.bin", "b.bin"], weights: manifest };
          const { tensors } = await readWeights(new SourceFiles(folder), manifestSchema.parse([group]));
          for (const { name, shape } of manifest) {
            expect(tensors.get(name)?.shape).toEqual(shape);
            expect(tensors.get(name)?.data).toEqual(Float32Array.from(decoded[name]!.dataSync()));
          }
        });
      }),
    );
  });

  test("that are quantized are told of", async () => {
    const model = createModel({ alpha: 0.1, resolution: 32, classes: 2 });
    const { json, bytes, manifest } = written(model, generateWeights(model));
    // The kernel of the first layer in place of its 864 bytes of float32.
    const count = 3 * 3 * 3 * 8;
    const [kernel, ...others] = manifest;
    const quantized = { ...kernel!, quantization: { dtype: "uint8", scale: 0.5, min: -1 } };
    const short = Buffer.concat([Buffer.alloc(count, 3), bytes.subarray(count * 4)]);
    const found = await readTogether(modelJson(json.modelTopology, [quantized, ...others]), short);
    expect(found.notes[0]).toBe(
      "1 of 137 weights are quantized to uint8: they are taken as the numbers that they mean, not as trained.",
    );
    expect(found.weights.tensors.get("Conv2d_0/weights")?.data).toEqual(new Float32Array(count).fill(0.5));
  });
});
