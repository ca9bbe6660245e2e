// Preloaded into a worker: tells its parent the URL of every module that is loaded.
import { registerHooks } from "node:module";
import { parentPort } from "node:worker_threads";

registerHooks({
  load(url, context, next) {
    parentPort?.postMessage(url);
    return next(url, context);
  },
});
