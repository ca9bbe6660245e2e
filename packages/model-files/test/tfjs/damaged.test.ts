import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { runs } from "../support/runs.ts";
import { modelJson, readTogether, type ModelJson } from "../support/tfjs-files.ts";
import { bytes, good, goodGraph, graphBytes, manifest } from "../support/tfjs-good.ts";

describe("a file that is small and asks for much is refused at once", () => {
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  const matrix = { name: "m", shape: [2000, 2000], dtype: "float32" };
  const graph = (nodes: readonly object[]) =>
    modelJson({ node: [{ name: "m", op: "Const" }, { name: "x", op: "Placeholder" }, ...nodes] }, [matrix]);
  const uses = (op: string, attr: object = {}) =>
    graph(many(20_000, (i) => ({ name: `n${i}`, op, input: ["x", "m"], attr })));

  test.each([
    ["a matrix transposed by every node", uses("MatMul", { transpose_b: { b: true } })],
    ["a constant taken off by every node", uses("Sub")],
    ["a matrix as the shape of every node", uses("Reshape")],
    ["a matrix as the pads of every node", uses("Pad")],
    [
      "constants behind constants",
      graph(many(50_000, (i) => ({ name: `n${i}`, op: "Identity", input: [`n${i - 1}`] }))),
    ],
    [
      "a chain of many nodes",
      graph(many(50_000, (i) => ({ name: `n${i}`, op: "Relu", input: [i > 0 ? `n${i - 1}` : "x"] }))),
    ],
  ])("%s", { timeout: 60_000 }, async (_, json) => {
    expect(await errorOf(readTogether(json, Buffer.alloc(16_000_000)))).toMatch(/^\[model-files\] [^\n]+\.$/);
  });

  test("references without number", { timeout: 60_000 }, async () => {
    const references = many(60_000, (i) => [`layer${i}`, 0, 0]);
    const config = { layers: many(10_000, (i) => ({ class_name: "ReLU", name: `layer${i}`, config: {} })) };
    const ends = { input_layers: references, output_layers: references };
    const json = modelJson({ class_name: "Functional", config: { ...config, ...ends } }, manifest);
    expect(await errorOf(readTogether(json, bytes))).toMatch(/^\[model-files\] [^\n]+\.$/);
  });
});

describe("a damaged TensorFlow.js model is read or refused, never anything else", () => {
  const texts = [JSON.stringify(good), JSON.stringify(goodGraph)].map((text) => Buffer.from(text));

  test.each([0, 1])("bytes of description %i", { timeout: 120_000 }, async (which) => {
    const text = texts[which]!;
    const shard = which === 0 ? bytes : graphBytes;
    const edits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (edits) => {
        const damaged = Buffer.from(text);
        for (const [at, byte] of edits) damaged[at] = byte;
        const error = await errorOf(readTogether(damaged, shard)).catch((error: unknown) => error);
        // Anything but a ModelFileError is returned as itself.
        if (error instanceof Error) expect(error.message).toBe("It was read.");
        else expect(error).toMatch(/^\[model-files\] .+\.$/);
      }),
      runs(100, 300),
    );
  });

  test("parts of the description of another kind", { timeout: 120_000 }, async () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom("__proto__", -1, 1e300, [[]], {}));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(good, goodGraph), fc.nat(), junk, async (description, at, junk) => {
        const damaged: ModelJson = JSON.parse(JSON.stringify(description));
        const places = placesIn(damaged);
        const [holder, key] = places[at % places.length]!;
        holder[key] = junk;
        const shard = description === good ? bytes : graphBytes;
        const error = await errorOf(readTogether(damaged, shard)).catch((error: unknown) => error);
        if (error instanceof Error) expect(error.message).toBe("It was read.");
        else expect(error).toMatch(/^\[model-files\] [^\n]+\.$/);
      }),
      runs(100, 300),
    );
  });
});

/** Everything in a JSON value that can be put in the place of another. */
function placesIn(value: object): [holder: Record<string, unknown>, key: string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    [value as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...(typeof inner === "object" && inner !== null ? placesIn(inner) : []),
  ]);
}
