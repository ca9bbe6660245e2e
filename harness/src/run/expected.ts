import { axisValue } from "@mobilenet-bench/results";
import { fileURLToPath } from "node:url";
import { FLOAT16, FLOAT32, type Expected, type Options, type Precision } from "@mobilenet-bench/backend";
import type { Model } from "@mobilenet-bench/spec";
import { z } from "zod";
import { startChild } from "../child/child.ts";
import {
  type InputSource,
  type JobFailure,
  jobFailureSchema,
  namedModel,
  type NamedModel,
  timedImages,
  VARIATION,
} from "@mobilenet-bench/runner";
import { CellFailed, failureOfReply } from "../target/failure.ts";
import { whyTooLarge } from "./too-large.ts";

/** Built: processes run no TypeScript. The same from the source and from what is built of it. */
const MAIN = fileURLToPath(new URL("../../dist/run/expected-main.js", import.meta.url));

/** Of which images the reference's logits are computed, and for which precision their bounds. */
export interface ExpectedRequest {
  readonly model: NamedModel;
  readonly source: InputSource;
  readonly precision: Precision;
  /** NHWC [1, resolution, resolution, 3] each; the source's own where left out. */
  readonly inputs?: readonly Float32Array[];
  /** By how much values of an input may be off at random: see `expectLogits`. */
  readonly inputDeviation?: number;
}

/** What the process sends for each input; after a failure nothing more. */
export type ExpectedSent =
  { readonly ok: true; readonly value: Expected } | { readonly ok: false; readonly failure: JobFailure };

const sentSchema: z.ZodType<ExpectedSent> = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    value: z.object({
      values: z.instanceof(Float64Array),
      bound: z.instanceof(Float64Array),
      noise: z.number().or(z.literal(Infinity)),
    }),
  }),
  z.object({ ok: z.literal(false), failure: jobFailureSchema }),
]);

/** In which precision a cell of these options has to be right. */
export function precisionFor(options: Options): Precision {
  return axisValue(options, "precision") === "fp16" ? FLOAT16 : FLOAT32;
}

/**
 * The reference's logits of each timed image, the input first, within bounds that allow for their variations.
 * @throws CellFailed where no process here could hold the model; else as `computeEach` does
 */
export async function computeExpected(
  model: Model,
  source: InputSource,
  precision: Precision,
  signal?: AbortSignal,
): Promise<readonly Expected[]> {
  const tooLarge = whyTooLarge(model);
  if (tooLarge) throw new CellFailed(tooLarge);
  const request = { model: namedModel(model), source, precision, inputDeviation: VARIATION };
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  // At once, each in a process: nothing is measured meanwhile, and for a large model one takes seconds.
  const all = timedImages(model.resolution, source).map(async (input) => {
    const [expected] = await computeEach({ ...request, inputs: [input] }, () => {}, either);
    if (!expected) throw new CellFailed({ status: "infra", reason: "The reference gave no logits." });
    return expected;
  });
  try {
    return await Promise.all(all);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(all);
    throw error;
  }
}

/**
 * The reference's logits and their bounds for each input, in a process of its own: it takes seconds for a large model
 * while Ctrl-C must work, and memory that may not be there. `onDone` is called after each.
 * @throws RunnerDied or CellFailed where the model is too large for this machine, or the signal ends it
 */
export async function computeEach(
  request: ExpectedRequest,
  onDone: () => void = () => {},
  signal?: AbortSignal,
): Promise<Expected[]> {
  const child = startChild(MAIN, signal);
  try {
    child.send(request);
    const expected: Expected[] = [];
    for (let count = request.inputs?.length ?? 1; count > 0; count--) {
      const sent = sentSchema.parse(await child.next());
      if (!sent.ok) throw new CellFailed(failureOfReply(sent.failure));
      expected.push(sent.value);
      onDone();
    }
    return expected;
  } finally {
    await child.kill();
  }
}
