import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Expected, Precision } from "@mobilenet-bench/backend";
import type { ModelConfig, Weights } from "@mobilenet-bench/spec";

export interface ReferencesRequest {
  readonly model: Required<ModelConfig>;
  readonly weights: Weights;
  /** NHWC [1, resolution, resolution, 3] each. */
  readonly inputs: readonly Float32Array[];
  readonly precision: Precision;
}

/** The reference's logits of each input and their bounds, in a thread of its own; `onDone` after each. */
export async function expectEach(
  { model, ...request }: ReferencesRequest,
  onDone: () => void,
): Promise<Expected[]> {
  const { alpha, resolution, classes, conv, shallow } = model;
  const workerData: ReferencesRequest = {
    ...request,
    model: { alpha, resolution, classes, conv, shallow },
  };
  const worker = new Worker(new URL("./references-worker.js", import.meta.url), { workerData });
  const expected: Expected[] = [];
  worker.on("message", (logits: Expected) => {
    expected.push(logits);
    onDone();
  });
  await once(worker, "exit");
  return expected;
}
