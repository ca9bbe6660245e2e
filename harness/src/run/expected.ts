import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { FLOAT16, FLOAT32, type Expected, type Options, type Precision } from "@mobilenet-bench/backend";
import { configOf, type Model, type ModelConfig } from "@mobilenet-bench/spec";
import type { InputSource } from "../runner/inputs.ts";

export interface ExpectedRequest {
  readonly model: Required<ModelConfig>;
  readonly source: InputSource;
  readonly precision: Precision;
  /** NHWC [1, resolution, resolution, 3] each; the source's own where left out. */
  readonly inputs?: readonly Float32Array[];
}

/** In which precision a cell of these options has to be right. */
export function precisionFor(options: Options): Precision {
  return options["precision"] === "fp16" ? FLOAT16 : FLOAT32;
}

/** The reference's logits and their bounds for the input of a source. */
export async function computeExpected(
  model: Model,
  source: InputSource,
  precision: Precision,
): Promise<Expected> {
  const [expected] = await computeEach({ model: configOf(model), source, precision });
  if (!expected) throw new Error("[harness] the reference sent nothing. This is a bug; please report it.");
  return expected;
}

/**
 * The reference's logits and their bounds for each input, in a thread of its own: seconds for a large model, and
 * Ctrl-C must work. `onDone` is called after each.
 */
export async function computeEach(request: ExpectedRequest, onDone?: () => void): Promise<Expected[]> {
  const worker = new Worker(new URL("./expected-worker.js", import.meta.url), { workerData: request });
  const expected: Expected[] = [];
  worker.on("message", (logits: Expected) => {
    expected.push(logits);
    onDone?.();
  });
  // An error in the worker rejects this.
  await once(worker, "exit");
  return expected;
}
