import * as vitest from "vitest";
import type { Backend, Options } from "../contract.ts";
import { NotApplicable } from "./contract-check.ts";
import { contractChecks } from "./contract-checks.ts";
import { randomModelsFrom, type RandomModels } from "./random-models.ts";

export interface TestBackendOptions {
  /** Options to run the whole suite with, one after the other; the defaults alone where left out. */
  readonly variants?: readonly Options[];
  /** A backend that cannot run here fails the suite instead of being skipped. */
  readonly required?: boolean;
  /** Of one check; reading a large library may count into the first. */
  readonly timeoutMs?: number;
  /** Number and seed of the random models; from the environment where left out. */
  readonly random?: RandomModels;
}

/**
 * Registers the contract suite with vitest. Call it at the top of a test file, with `await`: whether the
 * backend can run here decides which tests there are.
 */
export async function testBackend(
  backend: Backend,
  {
    variants = [{}],
    required = false,
    timeoutMs = 60_000,
    random = randomModelsFrom(process.env),
  }: TestBackendOptions = {},
) {
  const availability = await backend.availability();
  if (!availability.available) {
    const because = `${availability.reason} ${availability.remedy}`;
    // Reporters count skipped tests without naming them.
    if (!required) process.stderr.write(`skipped: backend ${backend.id} cannot run here: ${because}\n`);
    vitest.it.skipIf(!required)(`backend ${backend.id} cannot run here: ${because}`, () => {
      throw new Error(`[backend-${backend.id}] ${because}`);
    });
    return;
  }
  for (const options of variants)
    vitest.describe(`backend ${backend.id} ${describeOptions(options)}`.trim(), () => {
      for (const { name, run } of contractChecks(random))
        vitest.it(name, { timeout: timeoutMs }, async ({ skip }) => {
          try {
            await run(backend, options);
          } catch (error) {
            if (error instanceof NotApplicable) skip(error.message);
            throw error;
          }
        });
    });
}

/** As in cell ids: `threads=2&simd=wide`. */
function describeOptions(options: Options): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}
