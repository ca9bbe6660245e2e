import { Barrier } from "./barrier.ts";
import { DONE, type Job, type Start } from "./messages.ts";
import { nodeThreads } from "./node-threads.ts";
import { runProgram } from "./program.ts";

// One computing thread: a worker thread of Node or a worker of a page. Whatever goes wrong here is left uncaught,
// so that the session hears of it as the worker's "error" event.

let start: Start | undefined;

function receive(message: Start | Job) {
  if ("program" in message) {
    start = message;
    return;
  }
  if (!start) throw new Error("[backend-ts] A job came before the model. Load the session again.");
  const barrier = new Barrier(start.barrier, start.share.count);
  runProgram(start.program, message.from, message.to, start.share, () => barrier.meet());
}

const port = nodeThreads()?.parentPort;
if (port)
  port.on("message", (message: Start | Job) => {
    receive(message);
    port.postMessage(DONE);
  });
else
  addEventListener("message", ({ data }: MessageEvent<Start | Job>) => {
    receive(data);
    postMessage(DONE);
  });
