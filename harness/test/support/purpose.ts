import { NAMED_BACKENDS } from "../../src/registry/backends.ts";
import { purposeOf } from "../../src/run/purpose.ts";
import type { Purpose } from "@mobilenet-bench/runner";

/** What a runner is opened for, also of backends that are in no registry. */
export function purpose(backend: string, blocks = 0): Purpose {
  const named = NAMED_BACKENDS.find(({ id }) => id === backend);
  return purposeOf(`tiny/${backend}/any`, named ?? { id: backend, family: backend, gpu: false }, blocks);
}
