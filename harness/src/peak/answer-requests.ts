import { on } from "node:events";
import { UnsupportedError, type PeakKernel } from "@mobilenet-bench/backend";
import { systemClock } from "./clock.ts";
import { requestSchema, type Reply } from "./messages.ts";
import { RateMeter } from "./rate-meter.ts";

/**
 * What a process that measures does: says whether it can, and answers requests with the best rate so far. Between requests it
 * sleeps, and with its parent it ends.
 */
export async function answerRequests(create: () => Promise<readonly PeakKernel[]>): Promise<void> {
  const reply = (message: Reply) => process.send?.(message);
  const kernels = await create().catch((error: unknown) => {
    if (error instanceof UnsupportedError) return error.reason;
    throw error;
  });
  if (typeof kernels === "string") {
    reply({ state: "unsupported", reason: kernels });
    return;
  }
  const clock = systemClock();
  const meters = kernels.map((kernel) => new RateMeter(kernel, clock));
  const requests = on(process, "message", { close: ["disconnect"] });
  reply({ state: "ready" });
  for await (const [message] of requests) {
    const { milliseconds } = requestSchema.parse(message);
    for (const meter of meters) await meter.measure(milliseconds);
    const best = meters.reduce((a, b) => (b.best > a.best ? b : a));
    reply({ state: "measured", gmacs: best.best, kernel: best.kernel });
  }
}
