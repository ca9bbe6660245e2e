import { UnsupportedError, type Backend, type Options } from "@mobilenet-bench/backend";
import { tfjsCpu, tfjsWasm } from "@mobilenet-bench/backend-tfjs";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 10 });
const weights = generateWeights(model);

/** What the library would do instead: compute with one thread, without a word. */
const CASES: readonly [Backend, Options, RegExp][] = [
  [tfjsCpu, { threads: 2 }, /calling thread alone/],
  [tfjsCpu, { provider: "webgl" }, /There is no option "provider"/],
  [tfjsWasm, { threads: 2 }, /no WebAssembly threads in Node/],
  [tfjsWasm, { threads: 0 }, /cannot be 0/],
];

describe("what the library cannot give is refused", () => {
  it.each(CASES)("$0.id with $1", async (backend, options, reason) => {
    const refused = backend.load(model, weights, options);
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow(reason);
  });

  it("and the refused session leaves the next one as it would have been", async () => {
    await expect(tfjsWasm.load(model, weights, { threads: 2 })).rejects.toBeInstanceOf(UnsupportedError);
    const session = await tfjsWasm.load(model, weights, { threads: 1 });
    expect(session.actual.threads).toBe(1);
    await session.dispose();
  });

  it("installs no handlers of uncaught errors", () => {
    const installed = [...process.listeners("uncaughtException"), ...process.listeners("unhandledRejection")];
    expect(installed.filter((listener) => String(listener).includes("throw"))).toEqual([]);
  });
});
