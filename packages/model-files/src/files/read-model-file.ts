import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { ModelFileError } from "../error.ts";
import { mapGraph, type MapOptions } from "../graph/map-graph.ts";
import type { ModelFile, Origin } from "../model-file.ts";
import { quote } from "../quote.ts";
import type { ReadGraph } from "./format.ts";
import { HEAD_BYTES, recognize } from "./recognize.ts";
import { SourceFiles } from "./source-files.ts";

/** The file of a folder that holds a TensorFlow.js model, and that of a SavedModel. */
const MODEL_JSON = "model.json";
const SAVED_MODEL = "saved_model.pb";

/**
 * Reads a model with its weights: an ONNX file, a safetensors file of ours, a TensorFlow.js model.json or the folder of
 * one. The format is told by the content. Whatever the model names besides must lie in the same folder.
 * @throws ModelFileError where there is no such file, or it is none of a MobileNet V1: the message says what does not fit
 */
export async function readModelFile(where: string, options: MapOptions = {}): Promise<ModelFile & Origin> {
  const { folder, name } = await locate(where);
  const files = new SourceFiles(folder);
  const format = recognize(name, await files.peek(name, HEAD_BYTES));
  const file =
    format === "safetensors"
      ? await readOwn(files, name, options)
      : mapGraph(await (await reader(format))(files, name, options), options);
  return { ...file, name: path.basename(path.resolve(where)), sha256: files.sha256() };
}

/** The libraries behind a format are loaded when a file of it is. */
async function reader(format: "onnx" | "tfjs"): Promise<ReadGraph> {
  if (format === "onnx") return (await import("../onnx/read/read-onnx.ts")).readOnnx;
  return (await import("../tfjs/index.ts")).readTfjs;
}

async function readOwn(files: SourceFiles, name: string, { resolution }: MapOptions): Promise<ModelFile> {
  const { readSafetensors } = await import("../safetensors/index.ts");
  const file = readSafetensors(await files.read(name));
  if (resolution !== undefined && resolution !== file.model.resolution)
    throw new ModelFileError(
      `the file is ${file.model.name}, and not of resolution ${resolution}`,
      "Leave the resolution out, or give the file's",
    );
  return file;
}

/** Links that the user names are followed; the folder is that of the file itself. */
async function locate(where: string): Promise<{ readonly folder: string; readonly name: string }> {
  let real: string;
  let isFolder: boolean;
  try {
    real = await realpath(where);
    isFolder = (await stat(real)).isDirectory();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFileError(`${quote(where)} cannot be read: ${reason}`, "Check the path", { cause });
  }
  if (!isFolder) return { folder: path.dirname(real), name: path.basename(real) };
  if (await exists(path.join(real, MODEL_JSON))) return { folder: real, name: MODEL_JSON };
  // Its file is recognised like any other.
  if (await exists(path.join(real, SAVED_MODEL))) return { folder: real, name: SAVED_MODEL };
  throw new ModelFileError(
    `the folder ${quote(where)} holds no ${MODEL_JSON}`,
    "Name the model's file itself",
  );
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
