import { isBackendId, purposeOf } from "../../src/registry/backends.ts";
import type { Purpose } from "@mobilenet-bench/runner";

/** What a runner is opened for, also of backends that are in no registry. */
export function purpose(backend: string, blocks = 0): Purpose {
  const cell = `tiny/${backend}/any`;
  return isBackendId(backend)
    ? purposeOf(cell, backend, blocks)
    : { cell, backend, family: backend, webGpu: false, blocks };
}
