import { BACKEND_IDS, importBackend } from "../registry/backends.ts";
import { processCpuMs, threadsCpuMs } from "./node-cpu.ts";
import { createRunner } from "./serve.ts";
import type { Request } from "./messages.ts";

// The entry of a runner in a child process: jobs come over the IPC channel, replies go back over it.
const send = process.send?.bind(process);
if (!send) throw new Error("[harness] a runner needs an IPC channel. It is started by mnb run, not by hand.");

const run = createRunner({
  backends: Object.fromEntries(BACKEND_IDS.map((id) => [id, () => importBackend(id)])),
  peakRssBytes: () => process.resourceUsage().maxRSS * 1024,
  cpuMs: processCpuMs,
  threadsCpuMs,
});
process.on("message", (request: Request) => {
  void run(request).then((reply) => send(reply));
});
// Without its supervisor a runner has nothing left to do: it must not outlive it.
process.on("disconnect", () => {
  process.kill(process.pid, "SIGKILL");
});
