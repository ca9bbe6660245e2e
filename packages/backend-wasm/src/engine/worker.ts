import { builtin } from "../platform/builtin.ts";
import { join, type WorkerJob } from "./join.ts";

/** The entry of a worker: one message with its job comes in, one goes out when it has joined. */
const port = builtin("node:worker_threads")?.parentPort;
if (port) port.once("message", (job: WorkerJob) => join(job, () => port.postMessage("ready")));
else
  self.addEventListener(
    "message",
    ({ data }: MessageEvent<WorkerJob>) => join(data, () => self.postMessage("ready")),
    {
      once: true,
    },
  );
