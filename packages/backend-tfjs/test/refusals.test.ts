import { UnsupportedError, type Backend, type Options } from "@mobilenet-bench/backend";
import { tfjsCpu, tfjsWasm, tfjsWebgpu } from "@mobilenet-bench/backend-tfjs";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";
import { onBackend } from "../src/tensorflow.ts";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 10 });
const weights = generateWeights(model);

/** What the library would do instead: compute with one thread, without a word. */
const CASES: readonly [Backend, Options, RegExp][] = [
  [tfjsCpu, { threads: 2 }, /calling thread alone/],
  [tfjsCpu, { provider: "webgl" }, /There is no option "provider"/],
  [tfjsWasm, { threads: 2 }, /no WebAssembly threads in Node/],
  [tfjsWasm, { threads: 0 }, /cannot be 0/],
  [tfjsWebgpu, {}, /no WebGPU here/],
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

  it("a backend that does not start, instead of computing on another", async () => {
    await tfjsCpu.prepare?.();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    tf.registerBackend("broken", () => Promise.reject(new Error("no such device")));
    const compute = vi.fn<() => void>();
    await expect(onBackend(tf, "broken", compute)).rejects.toBeInstanceOf(UnsupportedError);
    expect(compute).not.toHaveBeenCalled();
    expect(warn.mock.calls.flat().join("\n")).toContain("no such device");
    warn.mockRestore();
    // The next one's turn comes.
    expect(await onBackend(tf, "cpu", () => tf.getBackend())).toBe("cpu");
  });

  it("a result that another backend computed", async () => {
    const session = await tfjsCpu.load(model, weights);
    const refCount = vi.spyOn(tf.backend(), "refCount").mockReturnValue(0);
    await expect(session.infer(new Float32Array(32 * 32 * 3))).rejects.toThrow(
      /not computed on backend "cpu"/,
    );
    refCount.mockRestore();
    await session.dispose();
  });
});
