import { UnsupportedError } from "@mobilenet-bench/backend";
import { REMEDY } from "../simd/revectorize.ts";
import { secondsPerCall } from "../simd/stopwatch.ts";
import { createPeakKernel } from "./index.ts";

/** Runs of the peak kernel in a sample, about 0.1 ms each. */
const RUNS = 3;
/** Times the 128-bit rate from which on revectorization counts as in effect. */
const EFFECT = 1.4;

let measured: Promise<number> | undefined;

/**
 * How many times faster register-only code runs with revectorization than without: about 2 where it takes
 * effect. V8 takes the flag also where its code stays the same, for instance without AVX2.
 * @throws UnsupportedError where it does not take effect
 */
export async function measureWidening(): Promise<number> {
  measured ??= (async () => (await rate("wide")) / (await rate("relaxed")))();
  const ratio = await measured;
  if (ratio < EFFECT)
    throw new UnsupportedError(
      "backend-wasm",
      `V8's revectorization has no effect on this machine (${ratio.toFixed(2)} times the 128-bit rate).`,
      REMEDY,
    );
  return Math.round(ratio * 100) / 100;
}

async function rate(level: "relaxed" | "wide") {
  const { run, multAdds } = await createPeakKernel(level);
  return multAdds / secondsPerCall(run, RUNS);
}
