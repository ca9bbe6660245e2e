import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Expected } from "@mobilenet-bench/backend";
import type { ModelConfig } from "@mobilenet-bench/spec";

export interface ExpectedRequest {
  readonly model: ModelConfig;
  readonly seed: number;
}

/** The reference's logits and their bounds, in a thread of its own: seconds for a large model, and Ctrl-C must work. */
export async function computeExpected(
  { alpha, resolution, classes, conv, shallow }: Required<ModelConfig>,
  seed: number,
) {
  const model: ModelConfig = { alpha, resolution, classes, conv, shallow };
  const request: ExpectedRequest = { model, seed };
  const worker = new Worker(new URL("./expected-worker.js", import.meta.url), { workerData: request });
  try {
    const [expected]: Expected[] = await once(worker, "message");
    if (!expected) throw new Error("[harness] the reference sent nothing. This is a bug; please report it.");
    return expected;
  } finally {
    await worker.terminate();
  }
}
