/** A class with its probability. */
export interface Ranked {
  readonly index: number;
  readonly probability: number;
}

/** The `count` likeliest classes, or all, the likeliest first; of equals the first class first. */
export function rank(logits: Float32Array | Float64Array, count = logits.length): Ranked[] {
  const probabilities = softmax(logits);
  return [...probabilities.keys()]
    .toSorted((a, b) => logits[b]! - logits[a]! || a - b)
    .slice(0, count)
    .map((index) => ({ index, probability: probabilities[index]! }));
}

/** exp(x) / Σ exp(x), shifted by the largest so that nothing overflows. */
function softmax(logits: Float32Array | Float64Array): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * The Wilson score interval of a share at 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): unlike the normal
 * approximation it stays within 0 and 1, and holds for few pictures too.
 */
export function wilson(successes: number, trials: number): [low: number, high: number] {
  const z = 1.959963984540054;
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const middle = (share + z ** 2 / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
