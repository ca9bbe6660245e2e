import type { Worker } from "node:worker_threads";
import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

/** As the main thread of a page: it may not wait for others, so a worker is the first of the threads. */
const forbid = () =>
  vi.spyOn(Atomics, "wait").mockImplementation(() => {
    throw new TypeError("Atomics.wait cannot be called in this context");
  });
beforeAll(() => void forbid());
afterAll(() => vi.restoreAllMocks());

const model = createModel({ alpha: 0.3, resolution: 75, classes: 21 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

/** A session of two threads, and the workers that were started for it. */
async function load() {
  const workers: Worker[] = [];
  const note = (worker: Worker) => workers.push(worker);
  process.on("worker", note);
  const session = await wasm.load(model, weights, { threads: 2 });
  process.off("worker", note);
  return { session, workers };
}

describe("where the calling thread may not wait", () => {
  it("all threads are workers, and give bitwise what they give elsewhere", async () => {
    const { session, workers } = await load();
    expect(workers).toHaveLength(2);
    const alone = await wasm.load(model, weights);
    expect(await session.infer(image)).toEqual(await alone.infer(image));
    expect(await session.layerOutputs?.(image)).toEqual(await alone.layerOutputs?.(image));
    await Promise.all([session.dispose(), alone.dispose()]);
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  it("calls that were not awaited are served in the order of asking", async () => {
    const { session } = await load();
    const [first, second, again] = await Promise.all([
      session.infer(image),
      session.infer(syntheticImage(model.resolution, 2)),
      session.infer(image),
    ]);
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
    await session.dispose();
  });

  it("a first thread that dies fails the inference", async () => {
    const { session, workers } = await load();
    const [leader] = workers;
    const inference = session.infer(image);
    await leader?.terminate();
    await inference.catch(() => {});
    await expect(session.infer(image)).rejects.toThrow(/A thread has failed\. .* Load the model again\./);
    await expect(session.dispose()).resolves.toBeUndefined();
  });
});

await testBackend(wasm, { required: true, variants: [{ threads: 2 }] });
