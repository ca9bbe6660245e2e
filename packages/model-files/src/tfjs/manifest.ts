import { z } from "zod";
import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { elementCount } from "../shape.ts";

/** Far more than any network of the family has; each costs time to open or to name. */
const MAX_SHARDS = 2_000;
const MAX_WEIGHTS = 20_000;
/** What all weights may take in memory: like what a model may have on disk. */
const MAX_DECODED_BYTES = 512 * 1024 * 1024;

/** How a weight's numbers lie in the shards, with the bytes of one. */
const STORED_BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;
type StoredType = keyof typeof STORED_BYTES;

const quantization = z.object({
  dtype: z.enum(["uint8", "uint16", "float16"]),
  scale: z.number().optional(),
  min: z.number().optional(),
});

/** The groups of `weightsManifest`: shards in order, and the weights that lie in them one after the other. */
export const manifestSchema = z.array(
  z.object({
    paths: z.array(z.string()),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number()),
        dtype: z.string(),
        quantization: quantization.optional(),
      }),
    ),
  }),
);
export type Manifest = z.infer<typeof manifestSchema>;

/** A weight and where it lies within the bytes of its group. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly stored: StoredType;
  /** Whether the numbers mean integers once decoded. */
  readonly integer: boolean;
  /** value = scale · stored + min; of uint8 and uint16 alone. */
  readonly affine?: { readonly scale: number; readonly min: number };
  readonly offset: number;
  readonly bytes: number;
}

export interface WeightGroup {
  readonly paths: readonly string[];
  readonly entries: readonly WeightEntry[];
  readonly bytes: number;
}

/**
 * What the manifest declares, checked before a shard is read.
 * @throws ModelFileError where it declares more than any MobileNet V1 has, a type that has no numbers, a shape that
 * is none, or a name twice
 */
export function planWeights(manifest: Manifest): readonly WeightGroup[] {
  const shards = manifest.reduce((sum, { paths }) => sum + paths.length, 0);
  const weights = manifest.reduce((sum, { weights }) => sum + weights.length, 0);
  if (shards > MAX_SHARDS || weights > MAX_WEIGHTS)
    throw tooMuch(`${shards} shards and ${weights} weights, more than ${MAX_SHARDS} and ${MAX_WEIGHTS}`);
  const names = new Set<string>();
  let decoded = 0;
  return manifest.map(({ paths, weights }) => {
    let offset = 0;
    const entries = weights.map((weight) => {
      const entry = planWeight(weight, offset);
      if (names.has(entry.name))
        throw new ModelFileError(`the weight ${quote(entry.name)} is there twice`, "Convert the model again");
      names.add(entry.name);
      decoded += entry.count * 4;
      if (decoded > MAX_DECODED_BYTES) throw tooMuch(`weights of more than ${MAX_DECODED_BYTES} bytes`);
      offset += entry.bytes;
      return entry;
    });
    return { paths, entries, bytes: offset };
  });
}

type Weight = Manifest[number]["weights"][number];

function planWeight({ name, shape, dtype, quantization }: Weight, offset: number): WeightEntry {
  const count = elementCount(shape);
  if (count === undefined)
    throw new ModelFileError(
      `the weight ${quote(name)} has the shape [${shape.slice(0, 8).join(", ")}], which is none`,
      "The file is damaged: get it again",
    );
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
    throw new ModelFileError(
      `the weight ${quote(name)} is of type ${quote(dtype)}`,
      "MobileNet V1 has weights of type float32: convert the right model",
    );
  const stored: StoredType = quantization?.dtype ?? dtype;
  const bytes = count * STORED_BYTES[stored];
  const entry = { name, shape, count, stored, integer: dtype !== "float32", offset, bytes };
  if (stored !== "uint8" && stored !== "uint16") return entry;
  const { scale, min } = quantization ?? {};
  if (scale === undefined || min === undefined)
    throw new ModelFileError(
      `the weight ${quote(name)} is quantized to ${stored} without scale and min`,
      "Convert the model again",
    );
  return { ...entry, affine: { scale, min } };
}

function tooMuch(what: string) {
  return new ModelFileError(
    `the weights manifest declares ${what}`,
    "No MobileNet V1 of use is that large: check the file",
  );
}
