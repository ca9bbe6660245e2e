import fc from "fast-check";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  createModel,
  foldBatchNorm,
  type FoldedWeights,
  type Model,
  type Weights,
} from "@mobilenet-bench/spec";
import { readModelFile } from "@mobilenet-bench/model-files";

/** Narrow ones, since generating weights takes time; of each α here no shorter decimal has the same channels. */
export const models = fc
  .record({
    alpha: fc.constantFrom(0.05, 0.1, 0.125, 0.25, 0.3),
    resolution: fc.integer({ min: 32, max: 70 }),
    classes: fc.integer({ min: 1, max: 9 }),
    conv: fc.boolean(),
    shallow: fc.boolean(),
  })
  .map(createModel);

/** Runs with a folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "model-files-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads bytes as a file. */
export async function readBytes(bytes: Uint8Array, options?: { readonly resolution?: number }) {
  return inFolder(async (folder) => {
    const file = path.join(folder, "model");
    await writeFile(file, bytes);
    return readModelFile(file, options);
  });
}

interface Pair {
  readonly model: Model;
  readonly weights: Weights;
}

/** What is not the same: nothing where models are equal and tensors have the same bits. */
export function differences(found: Pair, expected: Pair): readonly string[] {
  const { tensors, epsilon } = found.weights;
  const different = [...expected.weights.tensors].filter(([name, { shape, data }]) => {
    const tensor = tensors.get(name);
    return tensor?.shape.join() !== shape.join() || !sameBits(tensor.data, data);
  });
  return [
    ...(isDeepStrictEqual(found.model, expected.model) ? [] : [`the model is ${found.model.name}`]),
    ...(epsilon === expected.weights.epsilon ? [] : [`ε is ${epsilon}`]),
    ...(tensors.size === expected.weights.tensors.size ? [] : [`there are ${tensors.size} tensors`]),
    ...different.map(([name]) => name),
  ];
}

/** {@link differences} of what the layers compute once batch norm is folded. */
export function foldedDifferences(found: Pair, folded: FoldedWeights): readonly string[] {
  const own = foldBatchNorm(found.model, found.weights);
  return [...folded].flatMap(([name, { kernel, bias }]) => [
    ...(sameBits(own.get(name)?.kernel, kernel) ? [] : [`the kernel of ${name}`]),
    ...(sameBits(own.get(name)?.bias, bias) ? [] : [`the bias of ${name}`]),
  ]);
}

/** Tells −0 from 0. */
function sameBits(found: Float32Array | undefined, expected: Float32Array): boolean {
  return found !== undefined && Buffer.compare(bytesOf(found), bytesOf(expected)) === 0;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array) {
  return Buffer.from(buffer, byteOffset, byteLength);
}
