import fc from "fast-check";
import { createModel } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";
import { fuzz, type FuzzOptions } from "../src/fuzz/fuzz.ts";
import { fuzzedModels } from "../src/fuzz/models.ts";
import { type Jobs, RunnerDied } from "@mobilenet-bench/runner";
import { type Target } from "../src/target/target.ts";

type Request = Jobs["check"]["request"];

/** What a runner says of logits that are right, or of those that are wrong for a reason. */
function checked(reason?: string): Jobs["check"]["reply"] {
  const agreement = { same: true, agrees: true };
  return {
    actual: { threads: 1, precision: "fp32" },
    logits: {
      ok: reason === undefined,
      maxAbsError: 0.1,
      bound: 1,
      worstFraction: 0.1,
      worstIndex: 0,
      top1: agreement,
      top5: agreement,
      ...(reason !== undefined && { reason }),
    },
    layers: { ok: true, comparisons: [] },
    bits: { digests: ["a", "b"], differ: [] },
    expected: { values: new Float64Array(), bound: new Float64Array(), noise: 0 },
  };
}

/** A target that checks by script; counts its processes. */
function scripted(check: (request: Request) => Jobs["check"]["reply"] | Error) {
  const opened: string[] = [];
  const target: Target = {
    id: "node",
    summary: "answers by script",
    platform: "node",
    availability: () => Promise.resolve({ available: true }),
    open: ({ cell }) => {
      opened.push(cell);
      return Promise.resolve({
        kill: () => Promise.resolve(),
        request: (_job, details) => {
          const answer = check(details as Request);
          return answer instanceof Error
            ? Promise.reject(answer)
            : (Promise.resolve({ ok: true, value: answer }) as never);
        },
      });
    },
  };
  return { target, opened };
}

function run(target: Target, options: Partial<FuzzOptions> = {}) {
  const signal = new AbortController().signal;
  return fuzz(
    { from: { id: "ts", family: "ts", gpu: false }, on: target },
    { models: 40, seed: 3, signal, onModel: () => {}, ...options },
  );
}

describe("fuzz", () => {
  it("asks for as many models as it was told to, and in one process", async () => {
    const { target, opened } = scripted(() => checked());
    expect(await run(target)).toMatchObject({ status: "ok", checked: 40, refused: 0 });
    expect(opened).toHaveLength(1);
  });

  it("shrinks to the smallest model that fails, and tells the way back to it", async () => {
    const { target } = scripted(({ model }) => checked((model.classes ?? 1000) >= 7 ? "Wrong." : undefined));
    const found = await run(target);
    expect(found).toMatchObject({
      status: "mismatch",
      reason: "Wrong.",
      counterexample: {
        config: {
          classes: 7,
          resolution: 32,
          alpha: 0.01,
          conv: false,
          shallow: false,
          activation: "relu6",
          padding: "same",
          outputStride: 32,
          predictions: "softmax",
        },
        batch: 1,
      },
    });
    const again = await run(target, { path: found.counterexample?.path ?? "" });
    expect(again.counterexample?.config).toEqual(found.counterexample?.config);
  });

  it("opens another process where one died, and names how it died", async () => {
    const { target, opened } = scripted(({ model }) =>
      model.name.includes("_conv") ? new RunnerDied("crash", "Gone.") : checked(),
    );
    expect(await run(target)).toMatchObject({ status: "mismatch", reason: "Gone." });
    expect(opened.length).toBeGreaterThan(1);
  });

  it("is not in order where nothing was checked", async () => {
    const refusing: Target = {
      ...scripted(() => checked()).target,
      open: () =>
        Promise.resolve({
          kill: () => Promise.resolve(),
          request: () =>
            Promise.resolve({ ok: false, failure: { kind: "unsupported", message: "Not here." } } as const),
        }),
    };
    expect(await run(refusing)).toMatchObject({ status: "unsupported", checked: 0, refused: 40 });
  });

  it("stops where it is when it is told to", async () => {
    const interrupt = new AbortController();
    const { target } = scripted(() => {
      interrupt.abort();
      return checked();
    });
    expect(await run(target, { signal: interrupt.signal })).toMatchObject({
      status: "interrupted",
      checked: 1,
    });
  });
});

describe("fuzzed models", () => {
  it("can be built, and cost no more than the reference can bear", () => {
    fc.assert(
      fc.property(fuzzedModels, ({ config, batch }) => {
        expect(createModel(config).multAdds * batch).toBeLessThanOrEqual(40e6);
      }),
      { numRuns: 500 },
    );
  });

  it("come from all over the space", () => {
    const models = fc
      .sample(fuzzedModels, { numRuns: 1000, seed: 1 })
      .map(({ config, batch }) => ({ ...config, batch }));
    expect(models.some(({ alpha }) => alpha > 1)).toBe(true);
    expect(models.some(({ resolution }) => resolution > 200)).toBe(true);
    expect(models.some(({ classes }) => classes > 1001)).toBe(true);
    expect(models.some(({ conv, shallow, batch }) => conv && shallow && batch > 1)).toBe(true);
  });
});

describe("mnb fuzz", () => {
  const mnb = (...words: string[]) => callMnb(["fuzz", ...words]);
  const MODELS = process.env["MNB_NIGHTLY"] ? 25 : 4;

  it("finds nothing in our backends, and prints the seed", async () => {
    const { stdout, exitCode } = await mnb(
      "--backend",
      "ts,wasm",
      "--models",
      `${MODELS}`,
      "--seed",
      "6",
      "--json",
    );
    expect(exitCode).toBe(0);
    const { seed, results } = JSON.parse(stdout);
    expect(seed).toBe(6);
    expect(results).toMatchObject([
      { backend: "ts", status: "ok" },
      { backend: "wasm", status: "ok" },
    ]);
    for (const { checked, refused } of results) expect(checked + refused).toBe(MODELS);
  });

  it.each([
    [["--backend", "cuda"], /no backend "cuda"/],
    [["--models", "many"], /whole number/],
    [["--models", "0"], /whole number from 1/],
    [["--target", "moon"], /no target "moon"/],
  ])("%j ends with 2 and one line", async (words, message) => {
    const { exitCode, stderr } = await mnb(...words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
  });
});
