import type { MapOptions } from "../graph/map-graph.ts";
import type { SourceGraph } from "../graph/source-graph.ts";
import type { WritableModel } from "../model-file.ts";
import type { SourceFiles } from "./source-files.ts";

/**
 * Reads a network by the name of its first file: `onnx/` exports a readOnnx, `tfjs/` a readTfjs of this type.
 * @throws ModelFileError
 */
export type ReadGraph = (files: SourceFiles, name: string, options?: MapOptions) => Promise<SourceGraph>;

/**
 * The files of a model by name, to be written in this order: what names the others comes last (`tfjs/` exports
 * a writeTfjs, whose last file is model.json).
 */
export type WriteFiles = (file: WritableModel) => ReadonlyMap<string, Uint8Array>;
