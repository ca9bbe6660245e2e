import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Expected, Precision } from "@mobilenet-bench/backend";
import type { ModelConfig } from "@mobilenet-bench/spec";
import type { InputSource } from "../runner/inputs.ts";

export interface ExpectedRequest {
  readonly model: ModelConfig;
  readonly source: InputSource;
  readonly precision: Precision;
}

/** The reference's logits and their bounds, in a thread of its own: seconds for a large model, and Ctrl-C must work. */
export async function computeExpected(
  { alpha, resolution, classes, conv, shallow }: Required<ModelConfig>,
  source: InputSource,
  precision: Precision,
) {
  const model: ModelConfig = { alpha, resolution, classes, conv, shallow };
  const request: ExpectedRequest = { model, source, precision };
  const worker = new Worker(new URL("./expected-worker.js", import.meta.url), { workerData: request });
  try {
    const [expected]: Expected[] = await once(worker, "message");
    if (!expected) throw new Error("[harness] the reference sent nothing. This is a bug; please report it.");
    return expected;
  } finally {
    await worker.terminate();
  }
}
