import type { Tensor } from "@mobilenet-bench/spec";
import { ModelFileError } from "../error.ts";
import type { SourceFiles } from "../files/source-files.ts";
import { quote } from "../quote.ts";
import { float16Value } from "../float16.ts";
import { planWeights, type Manifest, type WeightEntry, type WeightGroup } from "./manifest.ts";

export interface StoredWeights {
  /** By the file's names. Integers are there as the numbers that they are. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** A sentence for each way in which weights are stored with fewer digits than float32. */
  readonly notes: readonly string[];
}

/**
 * Reads the shards of a model and decodes its weights.
 *
 * The decoder of tfjs-core is not used but tested against: it makes tensors on whatever backend of the library the
 * process happens to have, and believes the sizes that the manifest declares.
 * @throws ModelFileError where shards are missing, outside the model's folder, too short or too long
 */
export async function readWeights(files: SourceFiles, manifest: Manifest): Promise<StoredWeights> {
  const tensors = new Map<string, Tensor>();
  const coarse = new Map<string, number>();
  for (const group of planWeights(manifest)) {
    const bytes = await readShards(files, group);
    for (const entry of group.entries) {
      tensors.set(entry.name, { shape: entry.shape, data: decode(bytes, entry) });
      if (entry.stored === "float16" || entry.affine)
        coarse.set(entry.stored, (coarse.get(entry.stored) ?? 0) + 1);
    }
  }
  const notes = [...coarse].map(
    ([stored, count]) =>
      `${count} of ${tensors.size} weights are quantized to ${stored}: they are taken as the numbers that they mean, not as trained.`,
  );
  return { tensors, notes };
}

/** All bytes of a group, exactly as many as its weights need; no memory is taken for what is only declared. */
async function readShards(files: SourceFiles, group: WeightGroup): Promise<Uint8Array<ArrayBuffer>> {
  const shards: Uint8Array<ArrayBuffer>[] = [];
  let present = 0;
  for (const path of group.paths) {
    if (path.includes("://"))
      throw new ModelFileError(
        `the weights lie at an address, ${quote(path)}`,
        "Download all files of the model into one folder, and name them in the weightsManifest by their names alone",
      );
    const shard = await files.read(path);
    shards.push(shard);
    present += shard.length;
    if (present > group.bytes) throw mismatch(group, present, " or more");
  }
  if (present < group.bytes) throw mismatch(group, present);
  const [only] = shards;
  return shards.length === 1 && only ? only : new Uint8Array(Buffer.concat(shards));
}

function mismatch({ paths, bytes }: WeightGroup, present: number, more = "") {
  const shards =
    paths.length === 1 ? `${quote(paths[0] ?? "")} has` : `the ${paths.length} shards of a group have`;
  return new ModelFileError(
    `${shards} ${present} bytes${more}, but the manifest declares weights of ${bytes}`,
    "The files are cut off or belong to different models: get them again",
  );
}

/** Numbers are stored with the low byte first. */
function decode(group: Uint8Array<ArrayBuffer>, entry: WeightEntry): Float32Array {
  const { stored, offset, bytes, count, affine, integer } = entry;
  // A copy: numbers need not lie at multiples of their size, and the group's memory goes with its last weight.
  const own = group.slice(offset, offset + bytes).buffer;
  switch (stored) {
    case "float32":
      return new Float32Array(own);
    case "int32":
      return Float32Array.from(new Int32Array(own));
    case "bool":
      return Float32Array.from(new Uint8Array(own));
    case "float16":
      return Float32Array.from(new Uint16Array(own), float16Value);
    case "uint8":
    case "uint16": {
      const { scale, min } = affine ?? { scale: 1, min: 0 };
      const integers = stored === "uint8" ? new Uint8Array(own) : new Uint16Array(own);
      const data = new Float32Array(count);
      for (let i = 0; i < count; i++) {
        const value = integers[i]! * scale + min;
        // Integers have no negative zero.
        data[i] = integer ? Math.round(value) + 0 : value;
      }
      return data;
    }
  }
}
