import { repeatsFor, secondsPerCall } from "./stopwatch.ts";

/** The longest that the background compiler is waited for after the last module that it finished. */
const QUIET_MS = 100;
/** Optimised code is one and a half to ten times faster than baseline code; this much tells them apart despite noise. */
const FASTER = 0.75;
/** Baseline code that runs this long is certainly noticed as hot. */
const HEAT_MS = 0.35;

/** What counts as an improvement when settling, and how long none may be seen. */
const IMPROVED = 0.85;
const SETTLE_MS = 40;

export interface TierUp {
  /** Work for this thread while others compile. */
  readonly meanwhile?: () => void;
  /**
   * Wait on until nothing has improved for a while: where it is not enough that optimised code comes soon,
   * because a flag is on only until then.
   */
  readonly settle?: boolean;
}

/**
 * Runs the calls until the engine has put optimised code in place of its baseline code.
 *
 * Engines compile WebAssembly quickly first and again, optimised, in the background once it is hot. There is
 * no way to ask which code runs, but the change shows: a call becomes several times faster, and stays so.
 * Where it does not show (an engine that optimises at once) the wait ends after a while without change.
 * @param calls each a small, constant piece of work of one module, microseconds long
 */
export async function untilOptimised(calls: readonly (() => void)[], { meanwhile, settle }: TierUp = {}) {
  const pieces = calls.map((call) => {
    call(); // The first call compiles the baseline code.
    const repeats = repeatsFor(call);
    const time = () => secondsPerCall(call, repeats);
    const baseline = time();
    return { call, time, baseline, best: baseline, fast: 0 };
  });
  for (const { call } of pieces) {
    const start = performance.now();
    do call();
    while (performance.now() - start < HEAT_MS);
  }
  meanwhile?.();
  let changed = performance.now();
  for (let waiting = pieces; waiting.length > 0 && performance.now() - changed < QUIET_MS;) {
    for (const piece of waiting) piece.fast = piece.time() < FASTER * piece.baseline ? piece.fast + 1 : 0;
    const still = waiting.filter(({ fast }) => fast < 2);
    if (still.length < waiting.length) changed = performance.now();
    waiting = still;
    await nextTask();
  }
  if (settle) await settled(pieces);
}

/** Waits until no call has become faster for a while. */
async function settled(pieces: readonly { readonly time: () => number; best: number }[]) {
  for (let changed = performance.now(); performance.now() - changed < SETTLE_MS;) {
    for (const piece of pieces) {
      const seconds = piece.time();
      if (seconds < IMPROVED * piece.best) changed = performance.now();
      piece.best = Math.min(piece.best, seconds);
    }
    await nextTask();
  }
}

function nextTask() {
  return new Promise((resolve) => setTimeout(resolve));
}
