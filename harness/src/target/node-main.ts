import { startNodeRunner } from "@mobilenet-bench/runner/node";
import { importModule } from "../registry/import-module.ts";
import { BACKEND_IDS, importBackend } from "../registry/backends.ts";

// The entry of a runner in a child process.
startNodeRunner(Object.fromEntries(BACKEND_IDS.map((id) => [id, () => importBackend(id)])), importModule);
