import path from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import { asModelFileError } from "../check-weights.ts";
import type { WritableModel } from "../model-file.ts";
import type { Format } from "./recognize.ts";

/**
 * Writes a model with its weights, batch norm unfolded, so that reading gives the same bits again. Each file appears
 * complete or not at all, the one that names others last.
 * @param where the file; for "tfjs" the folder that gets model.json and its weights. Folders are made where missing
 * @throws ModelFileError where the weights do not belong to the model
 * @throws WriteError where a file cannot be written
 */
export async function writeModelFile(file: WritableModel, where: string, format: Format): Promise<void> {
  const contents = await encode(file, format, path.basename(where));
  const folder = format === "tfjs" ? where : path.dirname(where);
  for (const [name, bytes] of contents) await writeWhole(path.join(folder, name), bytes);
}

/** The files by name, in the order of writing. The libraries behind a format are loaded when it is written. */
async function encode(
  file: WritableModel,
  format: Format,
  name: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  switch (format) {
    case "onnx": {
      const { exportOnnx } = await import("../onnx/index.ts");
      const { model, weights, labels } = file;
      // That logits are followed by a softmax goes without saying.
      const softmax = model.predictions !== "softmax";
      const options = { batchNorm: true, softmax, ...(labels && { labels }) };
      return new Map([[name, asModelFileError(() => exportOnnx(model, weights, options))]]);
    }
    case "safetensors": {
      const { writeSafetensors } = await import("../safetensors/index.ts");
      return new Map([[name, writeSafetensors(file)]]);
    }
    case "tfjs": {
      const { writeTfjs } = await import("../tfjs/index.ts");
      return asModelFileError(() => writeTfjs(file));
    }
  }
}
