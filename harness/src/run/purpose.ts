import type { NamedBackend } from "../registry/named-backend.ts";
import type { Purpose } from "@mobilenet-bench/runner";

/** What a runner of this backend is opened for. @param blocks that will be measured */
export function purposeOf(cell: string, { id, family, gpu }: NamedBackend, blocks = 0): Purpose {
  return { cell, backend: id, family, webGpu: gpu, blocks };
}

/** What a job says of where its backend comes from. */
export function moduleOf({ module }: NamedBackend): Pick<NamedBackend, "module"> {
  return module === undefined ? {} : { module };
}
