import type { Random } from "@mobilenet-bench/results";
import { uniform } from "@mobilenet-bench/spec";

/**
 * The same things in a random order (Fisher–Yates). Each round measures every cell once in an order of its own, so
 * that neither drift of the machine nor a neighbour's after-effects look like a difference between cells.
 */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Numbers in [0, 1), the same for the same seed and name. */
export function randomOf(seed: number, name: string): Random {
  const next = uniform(seed, name);
  return () => (next() + 1) / 2;
}
