export { ModelFileError } from "./error.ts";
export type { ModelFile } from "./model-file.ts";
