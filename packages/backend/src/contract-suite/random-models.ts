import * as fc from "fast-check";
import { OUTPUT_STRIDES, type ModelConfig } from "@mobilenet-bench/spec";
import { ContractError, type ContractCheck } from "./contract-check.ts";
import { Fixture } from "./fixture.ts";

/** How many random models, and which: the same seed gives the same ones. */
export interface RandomModels {
  readonly runs: number;
  readonly seed: number;
}

/** In every run of the tests, and in the nightly one. */
const [BY_DAY, AT_NIGHT] = [4, 12];

/** From the environment, for longer searches: `MNB_NIGHTLY=1`, or `MNB_CONTRACT_RUNS=500 MNB_CONTRACT_SEED=7`. */
export function randomModelsFrom(env: Readonly<Record<string, string | undefined>>): RandomModels {
  return {
    runs: wholeNumber("MNB_CONTRACT_RUNS", env["MNB_CONTRACT_RUNS"], env["MNB_NIGHTLY"] ? AT_NIGHT : BY_DAY),
    seed: wholeNumber("MNB_CONTRACT_SEED", env["MNB_CONTRACT_SEED"], 1),
  };
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`[contract-suite] ${name} is "${text}". Use a whole number from 1.`);
  return value;
}

/** Small models from anywhere in the spec's space; fast-check shrinks a failure to the smallest. */
const models: fc.Arbitrary<{ config: ModelConfig; seed: number }> = fc
  .record({
    percent: fc.integer({ min: 5, max: 45 }),
    resolution: fc.integer({ min: 32, max: 56 }),
    classes: fc.integer({ min: 1, max: 20 }),
    conv: fc.boolean(),
    shallow: fc.boolean(),
    activation: fc.constantFrom("relu6" as const, "relu" as const),
    padding: fc.constantFrom("same" as const, "symmetric" as const),
    outputStride: fc.constantFrom(...OUTPUT_STRIDES),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  // Full convolutions cost about nine times as much: thinner keeps the check quick.
  .map(({ percent, seed, ...rest }) => ({
    config: { ...rest, alpha: (rest.conv ? Math.ceil(percent / 3) : percent) / 100 },
    seed,
  }));

/** Logits of random models within bounds. */
export function randomModels({ runs, seed }: RandomModels): ContractCheck {
  return {
    name: `computes ${runs} random models within bounds (seed ${seed})`,
    run: async (backend, options) => {
      const property = fc.asyncProperty(models, async ({ config, seed }) => {
        const subject = new Fixture(config, seed);
        await subject.use(backend, options, (session) =>
          subject.assertInfers(session, 1, "in one inference"),
        );
      });
      const result = await fc.check(property, { numRuns: runs, seed });
      if (result.failed)
        throw new ContractError(
          `The smallest model that fails is ${JSON.stringify(result.counterexample)} (seed ${result.seed}, path ${result.counterexamplePath}). ${String(result.errorInstance)}`,
          { cause: result.errorInstance },
        );
    },
  };
}
