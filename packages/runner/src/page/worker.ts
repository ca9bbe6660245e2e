import type { Request } from "../jobs.ts";
import { createRunner, type Host } from "../runner.ts";

/**
 * Makes this worker the runner of its page: backends compute here, so that the page never blocks.
 * A page is told neither memory nor processor time.
 */
export function startWorkerRunner(backends: Host["backends"]): void {
  const run = createRunner({
    backends,
    peakRssBytes: () => null,
    cpuMs: () => null,
    threadsCpuMs: () => new Map(),
  });
  addEventListener("message", ({ data }: MessageEvent<Request>) => {
    void run(data).then((reply) => postMessage(reply));
  });
}
