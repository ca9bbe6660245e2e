import type { Request } from "../jobs.ts";
import { createRunner, type Host } from "../runner.ts";
import { peakRssBytes } from "./peak-rss.ts";
import { processCpuMs, threadsCpuMs } from "./processor-time.ts";

// For processes that are no runners: the main door has all schemas, too, which take longer to load than these to run.
export { jobFailureOf } from "../failure.ts";
export { makeInputs } from "../inputs.ts";

/**
 * Makes this process a runner: jobs come over its IPC channel, replies go back over it.
 * @param importModule of backends from outside, by URL
 * @throws Error where the process has no such channel
 */
export function startNodeRunner(backends: Host["backends"], importModule?: Host["importModule"]): void {
  const send = process.send?.bind(process);
  if (!send)
    throw new Error("[runner] a runner needs an IPC channel. It is started by mnb run, not by hand.");
  const run = createRunner({
    backends,
    ...(importModule && { importModule }),
    peakRssBytes,
    cpuMs: processCpuMs,
    threadsCpuMs,
  });
  process.on("message", (request: Request) => {
    void run(request).then((reply) => send(reply));
  });
  // Without its harness a runner has nothing left to do: it must not outlive it.
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGKILL");
  });
}
