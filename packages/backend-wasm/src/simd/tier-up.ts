/** The longest that the background compiler is waited for. */
const LIMIT_MS = 250;
/** Optimised code is several times faster than baseline code; this much tells them apart despite noise. */
const FASTER = 0.6;

/**
 * Runs the calls until the engine has put optimised code in place of its baseline code.
 *
 * Engines compile WebAssembly quickly first and again, optimised, in the background once it is hot. There is
 * no way to ask which code runs, but the change shows: a call becomes several times faster. Where it never
 * shows (an engine that optimises at once) this ends when the limit is reached.
 * @param calls each a small, constant piece of work on one kernel, tens of microseconds long
 */
export async function untilOptimised(calls: readonly (() => void)[]): Promise<void> {
  const start = performance.now();
  // The first call of each compiles its baseline code.
  for (const call of calls) call();
  let waiting = calls.map((call) => ({ call, baseline: Math.min(time(call), time(call)) }));
  while (waiting.length > 0 && performance.now() - start < LIMIT_MS) {
    waiting = waiting.filter(({ call, baseline }) => time(call) > FASTER * baseline);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function time(call: () => void) {
  const start = performance.now();
  call();
  return performance.now() - start;
}
