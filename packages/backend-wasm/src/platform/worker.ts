import { builtin } from "./builtin.ts";

/** A started worker: of Node or of the browser. */
export interface StartedWorker {
  terminate(): Promise<void>;
}

/**
 * Starts a worker with a job and waits until it says that it is ready.
 */
export async function startWorker(job: object): Promise<StartedWorker> {
  const threads = builtin("node:worker_threads");
  if (threads) {
    const worker = new threads.Worker(new URL("../engine/worker.js", import.meta.url));
    await new Promise<void>((resolve, reject) => {
      worker.once("message", () => resolve());
      worker.once("error", reject);
      worker.postMessage(job);
    });
    // A session that nobody disposes must not keep the process alive.
    worker.unref();
    return {
      async terminate() {
        await worker.terminate();
      },
    };
  }
  // The form that bundlers recognise.
  const worker = new Worker(new URL("../engine/worker.js", import.meta.url), { type: "module" });
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener("message", () => resolve(), { once: true });
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(`[backend-wasm] A worker did not start: ${message}. Check that its file is served.`)),
    );
    worker.postMessage(job);
  });
  return {
    async terminate() {
      worker.terminate();
    },
  };
}
