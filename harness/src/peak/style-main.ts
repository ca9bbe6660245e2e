import { on } from "node:events";
import { UnsupportedError } from "@mobilenet-bench/backend";
import { systemClock } from "./clock.ts";
import { requestSchema, type Reply } from "./messages.ts";
import { RateMeter } from "./rate-meter.ts";
import { isPeakStyle, PEAK_STYLES } from "./styles.ts";

// The entry of the process of one style: between requests it sleeps, and with its parent it ends.
const style = process.argv[2];
if (!isPeakStyle(style)) throw new Error(`[harness] ${style} is no style of peak. Use mnb peak.`);
const reply = (message: Reply) => process.send?.(message);

const kernels = await PEAK_STYLES[style].kernels().catch((error: unknown) => {
  if (error instanceof UnsupportedError) return error.reason;
  throw error;
});
if (typeof kernels === "string") reply({ state: "unsupported", reason: kernels });
else {
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
