import { Worker } from "node:worker_threads";
import { describeWorkerError } from "@mobilenet-bench/backend";
import { NOTHING_TRANSFERRED, type Thread, type ThreadEvents } from "./thread.ts";

export function startThread({ onAnswer, onFailure }: ThreadEvents): Thread {
  const worker = new Worker(new URL("./worker.js", import.meta.url));
  worker.on("message", onAnswer);
  worker.on("error", (error) => onFailure(describeWorkerError(error), error));
  worker.on("exit", (code) => onFailure(`Its thread exited with code ${code}.`));
  return {
    post: (message) => worker.postMessage(message, NOTHING_TRANSFERRED),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      await worker.terminate();
    },
  };
}
