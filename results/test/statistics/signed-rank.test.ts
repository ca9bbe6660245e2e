import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedRankDistribution, signedRankP } from "../../src/index.ts";
import { signPatterns } from "./signs.ts";

describe("the distribution of the signed-rank statistic", () => {
  it("is that of three pairs", () => {
    expect(signedRankDistribution(3).map((p) => p * 8)).toEqual([1, 2, 3, 5, 6, 7, 8]);
  });

  // Hollander & Wolfe (1999), table A.4: P(T ≥ 40) = P(T ≤ 5) = 0.020 for 9 pairs, P(T ≤ 10) = 0.042 for 10.
  it("is that of the printed tables", () => {
    expect(signedRankDistribution(9)[5]).toBeCloseTo(0.0195, 4);
    expect(signedRankDistribution(10)[10]).toBeCloseTo(0.042, 3);
  });

  it("ends at 1 and is the same from both ends, for as many pairs as a comparison takes", () => {
    const cdf = signedRankDistribution(40);
    expect(cdf).toHaveLength(821);
    expect(cdf.at(-1)).toBe(1);
    for (const [t, p] of cdf.entries()) expect(p + (cdf[819 - t] ?? 0)).toBe(1);
  });
});

describe("the p of the signed-rank test", () => {
  // R, example of wilcox.test (Hollander & Wolfe 1973, 29f.): V = 40, p = 0.01953 for "greater".
  it("is that of R for the depression scale", () => {
    const x = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    expect(signedRankP(x.map((value, i) => value - (y[i] ?? 0)))).toBeCloseTo(2 * 0.01953, 4);
  });

  // SciPy, example of scipy.stats.wilcoxon (Darwin's maize): statistic 24, p = 0.041259765625.
  it("is that of SciPy for Darwin's maize", () => {
    const differences = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];
    expect(signedRankP(differences)).toBe(0.041259765625);
  });

  const few = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 9 });

  it("counts the sign patterns that are as extreme, with ties and zeros too", () => {
    fc.assert(
      fc.property(few, (differences) => {
        const magnitudes = differences.map(Math.abs);
        const seen = distance(differences);
        const patterns = signPatterns(magnitudes);
        const extreme = patterns.filter((pattern) => distance(pattern) >= seen - 1e-9).length;
        expect(signedRankP(differences)).toBeCloseTo(extreme / patterns.length, 12);
      }),
    );
  });

  it("does not depend on order, unit or direction", () => {
    fc.assert(
      fc.property(few, fc.integer({ min: 1, max: 1000 }), (differences, factor) => {
        const p = signedRankP(differences);
        expect(signedRankP(differences.toReversed())).toBe(p);
        expect(signedRankP(differences.map((d) => d * factor))).toBe(p);
        expect(signedRankP(differences.map((d) => -d))).toBe(p);
      }),
    );
  });

  it("is 1 where nothing differs", () => {
    expect(signedRankP([])).toBe(1);
    expect(signedRankP([0, 0, 0])).toBe(1);
  });
});

/** How far the sum of the positive ranks is from its middle, by pairs: ranks from counting, in Pratt's way. */
function distance(differences: readonly number[]): number {
  const rank = (one: number) => {
    const size = Math.abs(one);
    const below = differences.filter((d) => Math.abs(d) < size).length;
    const equal = differences.filter((d) => Math.abs(d) === size).length;
    return below + (equal + 1) / 2;
  };
  return Math.abs(differences.reduce((sum, d) => sum + Math.sign(d) * rank(d), 0));
}
