import { reference, type Backend } from "@mobilenet-bench/backend";
import type { Model } from "@mobilenet-bench/spec";
import { PROTOCOL_VERSION } from "../../src/protocol-version.ts";
import { createRunner } from "../../src/runner.ts";

/** A runner within the test, which has the reference or what is given in its place. */
export function referenceRunner(backend: Backend = reference) {
  return createRunner({
    backends: { reference: () => Promise.resolve(backend) },
    peakRssBytes: () => null,
    cpuMs: () => null,
    threadsCpuMs: () => new Map(),
  });
}

/** The first job of such a runner. */
export function openJob({ name }: Pick<Model, "name">) {
  return {
    protocol: PROTOCOL_VERSION,
    job: "open",
    backend: "reference",
    options: {},
    model: { name },
    source: { seed: 1 },
  } as const;
}
