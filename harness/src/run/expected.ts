import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { FLOAT16, FLOAT32, type Expected, type Options, type Precision } from "@mobilenet-bench/backend";
import { configOf, type Model, type ModelConfig } from "@mobilenet-bench/spec";
import { VARIATION } from "../runner/feed.ts";
import { timedImages, type InputSource } from "../runner/inputs.ts";

export interface ExpectedRequest {
  readonly model: Required<ModelConfig>;
  readonly source: InputSource;
  readonly precision: Precision;
  /** NHWC [1, resolution, resolution, 3] each; the source's own where left out. */
  readonly inputs?: readonly Float32Array[];
  /** By how much values of an input may be off at random: see `expectLogits`. */
  readonly inputDeviation?: number;
}

/** In which precision a cell of these options has to be right. */
export function precisionFor(options: Options): Precision {
  return options["precision"] === "fp16" ? FLOAT16 : FLOAT32;
}

/** The reference's logits of each timed image, the input first, within bounds that allow for their variations. */
export async function computeExpected(
  model: Model,
  source: InputSource,
  precision: Precision,
): Promise<readonly Expected[]> {
  const inputs = timedImages(model.resolution, source);
  return computeEach({ model: configOf(model), source, precision, inputs, inputDeviation: VARIATION });
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
