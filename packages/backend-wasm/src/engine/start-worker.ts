import { describeWorkerError } from "@mobilenet-bench/backend";
import { builtin } from "../platform/builtin.ts";
import type { Answer, Order, ThreadJob } from "../run/messages.ts";

/** A thread of a team, in Node or in a page. */
export interface StartedWorker {
  /**
   * Posts a message and waits for the answer; one at a time.
   * @throws Error where the worker has failed, or fails meanwhile
   */
  ask(message: ThreadJob | Order): Promise<Answer>;
  terminate(): Promise<void>;
}

/** What a worker tells. */
interface WorkerEvents {
  readonly onAnswer: (answer: Answer) => void;
  /** @param why a sentence or two */
  readonly onFailure: (why: string, cause?: unknown) => void;
}

/** What the two kinds of workers have in common. */
interface RawWorker {
  readonly post: (message: ThreadJob | Order) => void;
  /** Whether the worker keeps a process of Node alive: a session that nobody disposes must not. */
  readonly hold: (busy: boolean) => void;
  readonly terminate: () => Promise<void>;
}

/** Starts `run/worker.ts`. */
export function startWorker(): StartedWorker {
  let asking: { resolve: (answer: Answer) => void; reject: (reason: Error) => void } | undefined;
  let failure: Error | undefined;
  const events: WorkerEvents = {
    onAnswer: (answer) => asking?.resolve(answer),
    onFailure(why, cause) {
      failure ??= new Error(`[backend-wasm] A thread has failed. ${why} Load the model again.`, { cause });
      asking?.reject(failure);
    },
  };
  const worker = startNodeWorker(events) ?? startBrowserWorker(events);
  return {
    async ask(message) {
      if (failure) throw failure;
      worker.hold(true);
      try {
        return await new Promise<Answer>((resolve, reject) => {
          asking = { resolve, reject };
          worker.post(message);
        });
      } finally {
        asking = undefined;
        worker.hold(false);
      }
    },
    terminate: worker.terminate,
  };
}

function startNodeWorker({ onAnswer, onFailure }: WorkerEvents): RawWorker | undefined {
  const threads = builtin("node:worker_threads");
  if (!threads) return undefined;
  const worker = new threads.Worker(new URL("../run/worker.js", import.meta.url));
  worker.on("message", onAnswer);
  worker.on("error", (error) => onFailure(describeWorkerError(error), error));
  worker.on("exit", (code) => onFailure(`The worker exited with code ${code}.`));
  return {
    post: (message) => worker.postMessage(message),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      await worker.terminate();
    },
  };
}

function startBrowserWorker({ onAnswer, onFailure }: WorkerEvents): RawWorker {
  // The form that bundlers recognise. The file imports nothing but its neighbours: development servers, which prepare the
  // packages that a page imports beforehand, do not see those of its workers.
  const worker = new Worker(new URL("../run/worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => onAnswer(data));
  worker.addEventListener("error", (event) => onFailure(describeWorkerError(event), event.error));
  worker.addEventListener("messageerror", () => onFailure("A message could not be read."));
  return {
    post: (message) => worker.postMessage(message),
    hold() {},
    async terminate() {
      worker.terminate();
    },
  };
}
