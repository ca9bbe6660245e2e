import { nodeThreads } from "./node-threads.ts";
import type { Job, Start } from "./messages.ts";

/** A running `worker.ts`, the same in Node and in browsers. */
export interface Thread {
  post(message: Start | Job): void;
  /** Whether the thread keeps a Node process alive. */
  hold(busy: boolean): void;
  terminate(): Promise<void>;
}

/** What a thread tells: an answer to a message, or that it has died. */
export interface ThreadEvents {
  readonly onAnswer: () => void;
  readonly onFailure: (cause: unknown) => void;
}

/** The memory in messages is shared; everything else is copied. */
const NOTHING_TRANSFERRED: ArrayBuffer[] = [];

export function startThread(events: ThreadEvents): Thread {
  const node = nodeThreads();
  return node ? startNodeThread(node, events) : startBrowserThread(events);
}

function startNodeThread(
  { Worker }: NonNullable<ReturnType<typeof nodeThreads>>,
  { onAnswer, onFailure }: ThreadEvents,
): Thread {
  // Not `new URL(…)`, in which bundlers would see a file to copy.
  const worker = new Worker(new URL(import.meta.resolve("./worker.js")));
  worker.on("message", onAnswer);
  worker.on("error", onFailure);
  worker.on("exit", (code) => onFailure(new Error(`worker thread exited with code ${code}`)));
  return {
    post: (message) => worker.postMessage(message, NOTHING_TRANSFERRED),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      await worker.terminate();
    },
  };
}

function startBrowserThread({ onAnswer, onFailure }: ThreadEvents): Thread {
  // Bundlers know this form and bundle the worker without configuration.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", onAnswer);
  worker.addEventListener("error", (event) => onFailure(event.error ?? new Error(event.message)));
  worker.addEventListener("messageerror", () => onFailure(new Error("a message could not be read")));
  return {
    post: (message) => worker.postMessage(message, NOTHING_TRANSFERRED),
    hold() {},
    async terminate() {
      worker.terminate();
    },
  };
}
