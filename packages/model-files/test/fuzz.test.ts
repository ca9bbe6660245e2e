import fc from "fast-check";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  ModelFileError,
  readModelFile,
  writeModelFile,
  type Format,
  type ModelFile,
} from "@mobilenet-bench/model-files";
import { createModel, foldBatchNorm, generateWeights } from "@mobilenet-bench/spec";
import { inFolder } from "./support/models.ts";

const TIMEOUT_MS = 120_000;
const model = createModel({ alpha: 0.01, resolution: 32, classes: 2 });
const weights = generateWeights(model);

/** A change of bytes; places are fractions of the file, or of its beginning, where the formats keep their structure. */
type Mutation = (bytes: Uint8Array) => Uint8Array;
const BEGINNING = 16_384;
const place = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  early: fc.boolean(),
});
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;
const offset = ({ at, early }: Place, { length }: Uint8Array) =>
  Math.floor(at * (early ? Math.min(BEGINNING, length) : length));

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  place.map(
    (end): Mutation =>
      (bytes) =>
        bytes.slice(0, offset(end, bytes)),
  ),
  fc.tuple(place, fc.integer({ min: 0, max: 7 })).map(([where, bit]): Mutation => (bytes) => {
    const changed = bytes.slice();
    const at = offset(where, bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
    return changed;
  }),
  // Sizes and counts that are far too large, as any of the formats writes numbers.
  fc
    .tuple(
      place,
      fc.constantFrom([0xff, 0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80], [0x39, 0x39, 0x39, 0x39, 0x39, 0x39]),
    )
    .map(([where, value]): Mutation => (bytes) => {
      const changed = bytes.slice();
      for (const [i, byte] of value.entries()) changed[offset(where, bytes) + i] = byte;
      return changed;
    }),
  // Parts taken out, doubled or strange.
  fc
    .tuple(place, fc.integer({ min: 1, max: 300 }), fc.uint8Array({ maxLength: 20 }), fc.boolean())
    .map(([where, length, added, twice]): Mutation => (bytes) => {
      const at = offset(where, bytes);
      const part = bytes.slice(at, at + length);
      return Buffer.concat([
        bytes.slice(0, at),
        ...(twice ? [part, part] : []),
        added,
        bytes.slice(at + length),
      ]);
    }),
);

/** The file of a format that is changed. */
const FILES: Readonly<Record<Format, string>> = {
  onnx: "model",
  safetensors: "model",
  tfjs: "model/model.json",
};

describe("whatever happens to the bytes of a file", () => {
  test.each<Format>(["onnx", "safetensors", "tfjs"])(
    "%s is read as a model, or refused with a fact and a remedy",
    { timeout: TIMEOUT_MS },
    async (format) => {
      await inFolder(async (folder) => {
        const where = path.join(folder, "model");
        const file = path.join(folder, FILES[format]);
        await writeModelFile({ model, weights }, where, format);
        // No Buffer, whose slice() is no copy.
        const good = new Uint8Array(await readFile(file));
        let refused = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
            await writeFile(
              file,
              mutations.reduce<Uint8Array>((bytes, mutate) => mutate(bytes), good),
            );
            const read = await readModelFile(where).catch((error: unknown) => error);
            if (read instanceof ModelFileError) {
              refused++;
              expect(read.message).toMatch(/^\[model-files\] [^\n]+\. [^\n]+\.$/);
              expect(read.message.length).toBeLessThan(1000);
            } else expect(isModel(read)).toBe(true);
          }),
          { numRuns: 300 },
        );
        // The changes are such that readers have something to find.
        expect(refused).toBeGreaterThan(50);
      });
    },
  );
});

/** Whether all that a model promises holds; folding checks every tensor. */
function isModel(read: unknown): boolean {
  const { model, weights } = read as ModelFile;
  return foldBatchNorm(model, weights).size > 0;
}
