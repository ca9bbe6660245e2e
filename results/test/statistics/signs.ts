/** The magnitudes with every choice of signs: 2^n lists. */
export function signPatterns(magnitudes: readonly number[]): number[][] {
  return Array.from({ length: 2 ** magnitudes.length }, (_, pattern) =>
    magnitudes.map((magnitude, i) => ((pattern >> i) & 1 ? magnitude : -magnitude)),
  );
}
