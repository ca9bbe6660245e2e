export { ModelFileError } from "./error.ts";
export { readModelFile } from "./files/read-model-file.ts";
export { FORMATS, type Format } from "./files/recognize.ts";
export { writeModelFile } from "./files/write-model-file.ts";
export type { MapOptions } from "./graph/map-graph.ts";
export type { ModelFile, Origin, WritableModel } from "./model-file.ts";
