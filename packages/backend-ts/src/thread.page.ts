import { describeWorkerError } from "@mobilenet-bench/backend";
import { NOTHING_TRANSFERRED, type Thread, type ThreadEvents } from "./thread.ts";

export function startThread({ onAnswer, onFailure }: ThreadEvents): Thread {
  // Bundlers know this form and bundle the worker without configuration. The file imports nothing: development servers,
  // which prepare the imports of a page beforehand, do not see those of its workers.
  const worker = new Worker(new URL("./page/worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", onAnswer);
  worker.addEventListener("error", (event) => onFailure(describeWorkerError(event), event.error));
  worker.addEventListener("messageerror", () => onFailure("A message could not be read."));
  return {
    post: (message) => worker.postMessage(message, NOTHING_TRANSFERRED),
    hold() {},
    async terminate() {
      worker.terminate();
    },
  };
}
