import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { UnsupportedError } from "@mobilenet-bench/backend";
import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import { createPeakKernels } from "@mobilenet-bench/backend-tfjs/peak";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { execaNode } from "execa";
import { beforeEach, describe, expect, it } from "vitest";

const here = await tfjsNode.availability();
const model = createModel({ alpha: 0.1, resolution: 32, classes: 10 });
const weights = generateWeights(model);

/** A fresh process that loads a session; prints what it states, and how many threads the system counts. */
const PROCESS = new URL("load-session.ts", import.meta.url);
const loadInProcess = async (threads: number) => {
  const { stdout } = await execaNode(PROCESS, [String(threads)]);
  const result: { threads: number; systemThreads: number } = JSON.parse(stdout);
  return result;
};

describe("tfjs-node", { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => skip(!here.available, here.available ? "" : here.reason));

  it("starts as many threads as asked for, and prints nothing else on standard output", async ({ skip }) => {
    skip(process.platform !== "linux", "Only Linux lists the threads of a process.");
    const one = await loadInProcess(1);
    const three = await loadInProcess(3);
    expect([one.threads, three.threads]).toEqual([1, 3]);
    expect(three.systemThreads - one.systemThreads).toBe(2);
  });

  it("refuses another number of threads than the one that runs", async () => {
    const session = await tfjsNode.load(model, weights, { threads: 1 });
    const refused = tfjsNode.load(model, weights, { threads: 2 });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow(/computes with 1 thread\(s\) in this process, not 2/);
    const again = await tfjsNode.load(model, weights);
    expect(again.actual).toMatchObject({ threads: 1, interOpThreads: 1, oneDnn: true });
    await Promise.all([session.dispose(), again.dispose()]);
  });

  it("computes every native peak kernel exactly, and notices a run that did nothing", async () => {
    for (const kernel of await createPeakKernels()) {
      expect(kernel.verify()).toBe(false);
      await kernel.run();
      expect(kernel.verify()).toBe(true);
      expect(kernel.verify()).toBe(false);
      const [rows = 0, depth = 0, columns = 0] = kernel.name.split("-").at(-1)?.split("x").map(Number) ?? [];
      expect(kernel.multAdds).toBe(rows * depth * columns);
    }
  });

  it("refuses a worker thread, where the number of threads cannot be set", async () => {
    const worker = new Worker(PROCESS, { argv: ["1"] });
    const [error]: unknown[] = await once(worker, "error");
    expect(error).toMatchObject({ message: expect.stringMatching(/cannot be set from a worker thread/) });
  });

  it("states the version of TensorFlow and where it is from", async () => {
    const session = await tfjsNode.load(model, weights);
    expect(session.actual["native"]).toMatch(/^TensorFlow \d+\.\d+\.\d+ \(.+\)$/);
    await session.dispose();
  });
});
