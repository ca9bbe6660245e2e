import { describe, expect, it } from "vitest";
import { contractChecks, NotApplicable } from "../src/contract-suite/index.ts";
import { reference, type Backend, type Options } from "../src/index.ts";
import { BROKEN_BACKENDS } from "./support/broken/index.ts";
import { tellingMemory } from "./support/broken/telling-memory.ts";
import { naiveBackend } from "./support/naive-backend.ts";

const CHECKS = contractChecks({ runs: 2, seed: 1 });

/** The names of the checks that a backend fails, with the messages. */
async function failures(
  make: () => Backend,
  options: Options = {},
  checks = CHECKS,
): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>();
  for (const { name, run } of checks)
    try {
      await run(make(), options);
    } catch (error) {
      if (!(error instanceof NotApplicable)) failed.set(name, String(error));
    }
  return failed;
}

describe("the contract suite", () => {
  it("has a name of its own for every check", () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });

  const telling = {
    ...tellingMemory((asked) => ({ gpuBytes: 2 ** 22, wasmBytes: 2 ** 20 + asked })),
    id: "telling",
  };
  it.each([reference, naiveBackend(), telling])(
    "accepts a healthy backend ($id)",
    { timeout: 60_000 },
    async (healthy) => {
      expect(await failures(() => healthy)).toEqual(new Map());
    },
  );

  it.each(BROKEN_BACKENDS)(
    "rejects a backend that $fault",
    { timeout: 60_000 },
    async ({ make, options, caughtBy, everywhere }) => {
      // That no other check rejects it is for the nightly run.
      const checks = process.env["MNB_NIGHTLY"]
        ? CHECKS
        : CHECKS.filter(({ name }) => caughtBy.includes(name));
      const failed = [...(await failures(make, options, checks)).keys()];
      const relevant = everywhere ? failed.filter((name) => caughtBy.includes(name)) : failed;
      expect(relevant.toSorted()).toEqual(caughtBy.toSorted());
    },
  );

  it("has a broken backend for every check", () => {
    const caught = new Set(BROKEN_BACKENDS.flatMap(({ caughtBy }) => caughtBy));
    // Shapes and layers are represented by some of their kind.
    const kinds = CHECKS.map(({ name }) => name).filter((name) => !/^computes (α|every layer)/.test(name));
    expect(kinds.filter((name) => !caught.has(name))).toEqual([]);
  });

  it("shrinks a failure of random models to the smallest", async () => {
    const random = contractChecks({ runs: 20, seed: 1 }).at(-1)!;
    const wideOnly: Backend = {
      ...reference,
      load: (model, weights) =>
        reference.load(
          model.classes < 5
            ? model
            : { ...model, layers: model.layers.map((layer) => ({ ...layer, activation: "none" })) },
          weights,
        ),
    };
    await expect(random.run(wideOnly, {})).rejects.toThrow(/smallest model .*"resolution":32,"classes":5,/);
  });
});
