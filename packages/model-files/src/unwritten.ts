import type { Layer } from "@mobilenet-bench/spec";
import { ModelFileError } from "./error.ts";

/** What is said of a layer that no format is written with. */
export function unwritten({ name, type }: Layer): ModelFileError {
  return new ModelFileError(
    `layer ${name} is a ${type}, which is not written`,
    "Write a network of convolutions, pools and dense layers alone",
  );
}
