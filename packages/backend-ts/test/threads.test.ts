import type { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SessionError, UnsupportedError } from "@mobilenet-bench/backend";
import { ts } from "@mobilenet-bench/backend-ts";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";

const model = createModel({ alpha: 0.35, resolution: 65, classes: 11 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

async function withSession<T>(
  threads: number,
  use: (session: Awaited<ReturnType<typeof ts.load>>) => Promise<T>,
) {
  const session = await ts.load(model, weights, { threads });
  try {
    return await use(session);
  } finally {
    await session.dispose();
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("threads", () => {
  it.each([2, 3, 5, 8])("%i give the same bits as one", async (threads) => {
    const alone = await withSession(1, (session) => session.infer(image));
    const together = await withSession(threads, async (session) => {
      expect(session.actual.threads).toBe(threads);
      await session.infer(image);
      return session.infer(image);
    });
    expect(together).toEqual(alone);
  });

  it("serve calls that were not awaited in the order of asking", async () => {
    await withSession(2, async (session) => {
      const other = syntheticImage(model.resolution, 2);
      const [first, second, again] = await Promise.all([
        session.infer(image),
        session.infer(other),
        session.infer(image),
      ]);
      expect(again).toEqual(first);
      expect(second).not.toEqual(first);
    });
  });

  it("have ended after dispose", async () => {
    const workers: Worker[] = [];
    const note = (worker: Worker) => workers.push(worker);
    process.on("worker", note);
    const session = await ts.load(model, weights, { threads: 3 });
    process.off("worker", note);
    expect(workers.map(({ threadId }) => threadId > 0)).toEqual([true, true, true]);
    await Promise.all([session.infer(image), session.dispose()]);
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1, -1]);
    await expect(session.infer(image)).rejects.toThrow(SessionError);
  });

  it("that die end the session with an error, not with silence", async () => {
    const workers: Worker[] = [];
    const note = (worker: Worker) => workers.push(worker);
    process.on("worker", note);
    const session = await ts.load(model, weights, { threads: 2 });
    process.off("worker", note);
    await workers[1]?.terminate();
    const ended = session.infer(image);
    await expect(ended).rejects.toThrow(SessionError);
    await expect(ended).rejects.toThrow(
      "[backend-ts] A worker of the session has ended. Its thread exited with code 1. Load the model again.",
    );
    await session.dispose();
  });

  it("are refused where memory cannot be shared, and one thread is not", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    await expect(ts.load(model, weights, { threads: 2 })).rejects.toThrow(UnsupportedError);
    const session = await ts.load(model, weights);
    await session.dispose();
  });
});
