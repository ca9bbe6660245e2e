import { importersOf } from "../registry/backend-row.ts";
import { PAGE_BACKENDS } from "../registry/page-backends.ts";
import type { Request } from "./messages.ts";
import { createRunner } from "./serve.ts";

// The entry of a page's worker, where backends compute so that the page never blocks.
// A page is told neither memory nor processor time.
const run = createRunner({
  backends: importersOf(PAGE_BACKENDS),
  peakRssBytes: () => null,
  cpuMs: () => null,
  threadsCpuMs: () => new Map(),
});
addEventListener("message", ({ data }: MessageEvent<Request>) => {
  void run(data).then((reply) => postMessage(reply));
});
