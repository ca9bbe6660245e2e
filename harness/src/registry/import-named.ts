import type { Backend } from "@mobilenet-bench/backend";
import { importBackend, isBackendId } from "./backends.ts";
import { importModule } from "./import-module.ts";
import type { NamedBackend } from "./named-backend.ts";

/** @throws where there is no such backend, or its module does not load */
export function importNamed({ id, module }: Pick<NamedBackend, "id" | "module">): Promise<Backend> {
  if (module !== undefined) return importModule(module);
  if (isBackendId(id)) return importBackend(id);
  return Promise.reject(
    new Error(`[harness] there is no backend "${id}" here. This is a bug; please report it.`),
  );
}
