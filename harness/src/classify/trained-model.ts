import { fileURLToPath } from "node:url";
import { TRAINED_MODEL } from "@mobilenet-bench/trained";

/** The model that is shipped with the project. */
export function trainedModelPath(): string {
  return fileURLToPath(TRAINED_MODEL);
}
