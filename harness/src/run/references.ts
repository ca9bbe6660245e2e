import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";
import type { Expected, Precision } from "@mobilenet-bench/backend";
import { readValidated, StoreError, writeValidated } from "@mobilenet-bench/results/store";
import { type InputSource, namedModel, VARIATION } from "@mobilenet-bench/runner";
import type { Model } from "@mobilenet-bench/spec";
import { z } from "zod";
import { computeExpected } from "./expected.ts";

/** The reference's logits of each timed image of a model, and their bounds in that precision. */
export type Expect = (
  model: Model,
  source: InputSource,
  precision: Precision,
  signal: AbortSignal,
) => Promise<readonly Expected[]>;

const numbers = z.array(z.number());
const storedSchema = z.array(
  z.object({
    values: numbers,
    bound: numbers,
    noise: z.number().nullable().describe("null where it is infinite: JSON has no such number"),
  }),
);

/**
 * References that were computed are kept, by what they are computed from, for as long as the run is unfinished: every set
 * comes back to every model, and so does whoever goes on with the run. They are not kept for other runs, which may be of
 * another reference.
 * @param folder of this run alone
 */
export function keptReferences(folder: string, compute: Expect = computeExpected): Expect {
  return async (model, source, precision, signal) => {
    const made = serialize({ model: namedModel(model), source, precision, variation: VARIATION });
    const path = join(folder, `${createHash("sha256").update(made).digest("hex")}.json`);
    const kept = await read(path);
    if (kept) return kept;
    const expected = await compute(model, source, precision, signal);
    await writeValidated(
      path,
      storedSchema,
      expected.map(({ values, bound, noise }) => ({
        values: [...values],
        bound: [...bound],
        noise: Number.isFinite(noise) ? noise : null,
      })),
    );
    return expected;
  };
}

async function read(path: string): Promise<Expected[] | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const stored = await readValidated(path, storedSchema);
    return stored.map(({ values, bound, noise }) => ({
      values: Float64Array.from(values),
      bound: Float64Array.from(bound),
      noise: noise ?? Infinity,
    }));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return undefined; // What is torn is computed again, and written over.
  }
}
