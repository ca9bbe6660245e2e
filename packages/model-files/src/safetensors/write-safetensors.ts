import { weightShapes } from "@mobilenet-bench/spec";
import { checkWeights } from "../check-weights.ts";
import { toLittleEndian } from "../little-endian.ts";
import type { WritableModel } from "../model-file.ts";
import { LENGTH_BYTES } from "./layout.ts";
import { toMetadata } from "./metadata.ts";

/** Tensors begin at a multiple of this, so that they can be mapped into memory. */
const ALIGNMENT = 8;

/**
 * Our own model file: the spec's tensors under the spec's names in float32, and what names the model as metadata. The
 * same model gives the same bytes.
 * @param file with `name` and `sha256` of the file that it was read from, if there was one
 * @throws ModelFileError where the weights do not belong to the model
 */
export function writeSafetensors(file: WritableModel): Uint8Array {
  const { model, weights } = file;
  checkWeights(model, weights);
  const header: Record<string, unknown> = { __metadata__: toMetadata(file) };
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, shape] of weightShapes(model)) {
    const data = toLittleEndian(weights.tensors.get(name)?.data ?? new Float32Array());
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + data.length] };
    parts.push(data);
    end += data.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
