/** Kept in as many accumulators as hide the latency of an addition; two more and V8 spills. */
const ACCUMULATORS = 10;

/** A kernel whose results tell whether it really ran. */
export interface Kernel {
  run(iterations: number): void;
  readonly multAddsPerIteration: number;
  /** Whether the last run left exactly what its arithmetic gives. */
  verify(): boolean;
}

/**
 * Multiply–adds of JavaScript numbers in registers: acc ← acc · x + y with x = y = 1, unknown to the compiler, so that
 * each accumulator ends as its start plus the iterations, exactly.
 */
export function scalarJavaScript(): Kernel {
  const state = new Float64Array(ACCUMULATORS);
  let last = 0;
  return {
    multAddsPerIteration: ACCUMULATORS,
    run(iterations) {
      for (let i = 0; i < ACCUMULATORS; i++) state[i] = i;
      multiplyAdd(state, iterations, 1, 1);
      last = iterations;
    },
    verify: () => state.every((value, i) => value === i + last),
  };
}

function multiplyAdd(state: Float64Array, iterations: number, x: number, y: number) {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0] = state;
  for (let n = 0; n < iterations; n++) {
    a = a * x + y;
    b = b * x + y;
    c = c * x + y;
    d = d * x + y;
    e = e * x + y;
    f = f * x + y;
    g = g * x + y;
    h = h * x + y;
    i = i * x + y;
    j = j * x + y;
  }
  state.set([a, b, c, d, e, f, g, h, i, j]);
}
