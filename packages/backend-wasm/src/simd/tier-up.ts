import { repeatsFor, secondsPerCall } from "./stopwatch.ts";

/** The longest that the background compiler is waited for after the last kernel that it finished. */
const QUIET_MS = 100;
/** Optimised code is one and a half to ten times faster than baseline code; this much tells them apart despite noise. */
const FASTER = 0.75;
/** Baseline code that runs this long is certainly noticed as hot. */
const HEAT_MS = 0.35;

/**
 * Runs the calls until the engine has put optimised code in place of its baseline code.
 *
 * Engines compile WebAssembly quickly first and again, optimised, in the background once it is hot. There is
 * no way to ask which code runs, but the change shows: a call becomes several times faster, and stays so.
 * Where it does not show (an engine that optimises at once) the wait ends after a while without change.
 * @param calls each a small, constant piece of work on one kernel, microseconds long
 * @param meanwhile work for this thread while others compile
 */
export async function untilOptimised(calls: readonly (() => void)[], meanwhile = () => {}): Promise<void> {
  const kernels = calls.map((call) => {
    call(); // The first call compiles the baseline code.
    const repeats = repeatsFor(call);
    const time = () => secondsPerCall(call, repeats);
    return { call, time, baseline: time(), fast: 0 };
  });
  for (const { call } of kernels) {
    const start = performance.now();
    do call();
    while (performance.now() - start < HEAT_MS);
  }
  meanwhile();
  let waiting = kernels;
  for (let last = performance.now(); waiting.length > 0 && performance.now() - last < QUIET_MS;) {
    for (const kernel of waiting)
      kernel.fast = kernel.time() < FASTER * kernel.baseline ? kernel.fast + 1 : 0;
    const still = waiting.filter(({ fast }) => fast < 2);
    if (still.length < waiting.length) last = performance.now();
    waiting = still;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
