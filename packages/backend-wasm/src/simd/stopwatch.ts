/** A sample is this many times longer than the clock's step. */
const STEPS = 5;
/** And at least this long, so that what a call costs beside its work does not count. */
const SAMPLE_MS = 0.02;
const SAMPLES = 3;
let step: number | undefined;

/** The smallest step of the clock in milliseconds: microseconds in Node, 0.1 in a page that is not isolated. */
function clockStep(): number {
  const start = performance.now();
  let now = start;
  while (now === start) now = performance.now();
  return now - start;
}

/** How often to run a call so that the clock can time it. */
export function repeatsFor(call: () => void): number {
  step ??= Math.min(clockStep(), clockStep(), clockStep());
  const enough = Math.max(SAMPLE_MS, step * STEPS) / 1000;
  let repeats = 1;
  while (sample(call, repeats) * repeats < enough) repeats *= 2;
  return repeats;
}

/** The best of a few samples: whatever else the machine does only ever slows down. */
export function secondsPerCall(call: () => void, repeats: number): number {
  let best = Infinity;
  for (let i = 0; i < SAMPLES; i++) best = Math.min(best, sample(call, repeats));
  return best;
}

function sample(call: () => void, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) call();
  return (performance.now() - start) / 1000 / repeats;
}
