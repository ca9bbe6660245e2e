/** Against the timer's resolution a sample is this many times longer, so that reading it costs at most 10 %. */
const RESOLUTIONS = 10;
let resolution: number | undefined;

/** The smallest step of the clock in milliseconds: microseconds in Node, 0.1 in a page that is not isolated. */
function clockStep(): number {
  const start = performance.now();
  let now = start;
  while (now === start) now = performance.now();
  return now - start;
}

/** How often to run a call so that the clock can time it. */
export function repeatsFor(call: () => void): number {
  resolution ??= Math.min(clockStep(), clockStep(), clockStep());
  const enough = resolution * RESOLUTIONS;
  for (let repeats = 1; ; repeats *= 2)
    if (secondsPerCall(call, repeats) * repeats * 1000 >= enough) return repeats;
}

export function secondsPerCall(call: () => void, repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) call();
  return (performance.now() - start) / 1000 / repeats;
}
