import { UnsupportedError } from "@mobilenet-bench/backend";
import { REMEDY } from "../simd/revectorize.ts";
import { secondsPerCall } from "../simd/stopwatch.ts";
import { createPeakKernel } from "./index.ts";

/** Runs of the peak kernel in a sample, about 0.1 ms each. */
const RUNS = 3;
/** Times the 128-bit rate from which on revectorization counts as in effect. */
const EFFECT = 1.4;
/** How often both are timed before it counts as without effect: 0.1 s, longer than another process keeps a core for. */
const TURNS = 60;

let measured: Promise<number> | undefined;

/**
 * How many times faster register-only code runs with revectorization than without: about 2 where it takes
 * effect. V8 takes the flag also where its code stays the same, for instance without AVX2.
 * @throws UnsupportedError where it does not take effect
 */
export async function measureWidening(): Promise<number> {
  measured ??= measure();
  const ratio = await measured;
  if (ratio < EFFECT)
    throw new UnsupportedError(
      "backend-wasm",
      `V8's revectorization has no effect on this machine (${ratio.toFixed(2)} times the 128-bit rate).`,
      REMEDY,
    );
  return Math.round(ratio * 100) / 100;
}

/** In turns, and the best of each: whatever else the machine does only ever slows down. */
async function measure(): Promise<number> {
  const wide = await createPeakKernel("wide");
  const relaxed = await createPeakKernel("relaxed");
  const best = { wide: Infinity, relaxed: Infinity };
  let ratio = 0;
  for (let turn = 0; turn < TURNS && ratio < EFFECT; turn++) {
    best.wide = Math.min(best.wide, secondsPerCall(wide.run, RUNS));
    best.relaxed = Math.min(best.relaxed, secondsPerCall(relaxed.run, RUNS));
    ratio = wide.multAdds / best.wide / (relaxed.multAdds / best.relaxed);
  }
  return ratio;
}
