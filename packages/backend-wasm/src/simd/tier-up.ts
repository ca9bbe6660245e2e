import { repeatsFor, secondsPerCall } from "./stopwatch.ts";

/** The longest that the background compiler is waited for. */
const LIMIT_MS = 400;
/** Optimised code is two to five times faster than baseline code; this much tells them apart despite noise. */
const FASTER = 0.65;
/** Baseline code that runs this long is certainly noticed as hot. */
const HEAT_MS = 0.5;

/**
 * Runs the calls until the engine has put optimised code in place of its baseline code.
 *
 * Engines compile WebAssembly quickly first and again, optimised, in the background once it is hot. There is
 * no way to ask which code runs, but the change shows: a call becomes several times faster, and stays so.
 * Where it never shows (an engine that optimises at once) the wait ends at a limit.
 * @param calls each a small, constant piece of work on one kernel, tens of microseconds long
 * @param meanwhile work for this thread while others compile
 */
export async function untilOptimised(calls: readonly (() => void)[], meanwhile = () => {}): Promise<void> {
  const kernels = calls.map((call) => {
    call(); // The first call compiles the baseline code.
    const repeats = repeatsFor(call);
    const time = () => secondsPerCall(call, repeats);
    return { call, time, baseline: Math.min(time(), time(), time()), fast: 0 };
  });
  for (const { call } of kernels) {
    const start = performance.now();
    do call();
    while (performance.now() - start < HEAT_MS);
  }
  meanwhile();
  const start = performance.now();
  let waiting = kernels;
  while (waiting.length > 0 && performance.now() - start < LIMIT_MS) {
    for (const kernel of waiting)
      kernel.fast = kernel.time() < FASTER * kernel.baseline ? kernel.fast + 1 : 0;
    waiting = waiting.filter(({ fast }) => fast < 2);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
