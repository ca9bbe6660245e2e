import { uniform } from "@mobilenet-bench/spec";

/** Random numbers by name, so that no one of them depends on how many others were drawn. */
export interface Draws {
  /** In [0, 1). */
  readonly share: () => number;
  /** Of mean 0 and standard deviation 1. */
  readonly normal: () => number;
  /** Any of these. */
  readonly among: <T>(values: readonly T[]) => T;
}

/** @throws RangeError where `among` is given nothing */
export function drawsOf(seed: number, name: string): Draws {
  const next = uniform(seed, name);
  const share = () => (next() + 1) / 2;
  return {
    share,
    // G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates" (1958).
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    among: (values) => {
      const value = values[Math.floor(share() * values.length)];
      if (value === undefined) throw new RangeError("[results] There is nothing to draw from. Give a value.");
      return value;
    },
  };
}
