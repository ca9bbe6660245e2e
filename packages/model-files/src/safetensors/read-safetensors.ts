import { weightShapes, type Tensor } from "@mobilenet-bench/spec";
import { checkWeights } from "../check-weights.ts";
import { ModelFileError } from "../error.ts";
import { fromLittleEndian } from "../little-endian.ts";
import type { ModelFile } from "../model-file.ts";
import { quote } from "../quote.ts";
import { refuseForeign } from "./foreign.ts";
import { readEntries, readHeader } from "./layout.ts";
import { fromMetadata } from "./metadata.ts";

/**
 * Reads what {@link writeSafetensors} writes, bit for bit.
 * @throws ModelFileError where the bytes are cut off, foreign or not those of the model that they name
 */
export function readSafetensors(bytes: Uint8Array): ModelFile {
  const header = readHeader(bytes);
  const { metadata, tensors: described, dataOffset } = header;
  refuseForeign(metadata.get("format"), Object.keys(described));
  const { model, epsilon, labels, origin } = fromMetadata(metadata);
  const shapes = weightShapes(model);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, begin, end } of readEntries(header, bytes)) {
    if (shapes.get(name)?.join() !== shape.join())
      throw new ModelFileError(
        `the file has a tensor ${quote(name)} of shape [${shape.slice(0, 8).join(", ")}], which ${model.name} has not`,
        "The metadata or the tensors are those of another model: export it again",
      );
    tensors.set(name, {
      shape,
      data: fromLittleEndian(bytes.subarray(dataOffset + begin, dataOffset + end)),
    });
  }
  const weights = { tensors, epsilon };
  checkWeights(model, weights);
  return {
    model,
    weights,
    ...(labels && { labels }),
    notes: origin ? [`It was made of ${quote(origin.name)} (SHA-256 ${origin.sha256.slice(0, 64)}).`] : [],
    format: "safetensors",
  };
}
