import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, betaQuantile, clopperPearson, tQuantile } from "../../src/index.ts";

describe("quantiles", () => {
  // R: qt(0.975, c(1, 2, 3, 5, 7, 30)).
  it("of t are those of R", () => {
    const ts = [1, 2, 3, 5, 7, 30].map((freedom) => tQuantile(0.975, freedom));
    const expected = [12.7062047, 4.3026527, 3.1824463, 2.5705818, 2.3646243, 2.0422725];
    for (const [i, t] of ts.entries()) expect(t).toBeCloseTo(expected[i] ?? NaN, 6);
  });

  it("refuse what is no probability and no distribution", () => {
    expect(() => tQuantile(1, 3)).toThrow("probability");
    expect(() => tQuantile(0.5, 0)).toThrow("freedom");
    expect(() => betaQuantile(0.5, 0, 1)).toThrow("positive");
  });
});

describe("the exact interval of a share", () => {
  // R, example of binom.test (Conover 1971, 97f.): 682 of 925, 0.7076683 to 0.7654066.
  it("is that of R for Mendel's peas", () => {
    expect(clopperPearson(682, 925)).toEqual([expect.closeTo(0.7076683, 6), expect.closeTo(0.7654066, 6)]);
  });

  it("ends where the tail of the binomial distribution has what the level leaves", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(400), (trials, some) => {
        const successes = Math.min(some, trials);
        const [low, high] = clopperPearson(successes, trials, 0.99);
        expect(low).toBeLessThanOrEqual(successes / trials);
        expect(high).toBeGreaterThanOrEqual(successes / trials);
        if (successes < trials) expect(atMost(successes, trials, high)).toBeCloseTo(0.005, 5);
        if (successes > 0) expect(1 - atMost(successes - 1, trials, low)).toBeCloseTo(0.005, 5);
      }),
      { numRuns: 200 },
    );
  });

  it("bounds what was never seen, and what always was", () => {
    expect(clopperPearson(0, 300)).toEqual([0, expect.closeTo(1 - 0.025 ** (1 / 300), 9)]);
    expect(clopperPearson(300, 300)).toEqual([expect.closeTo(0.025 ** (1 / 300), 9), 1]);
  });

  it("refuses what is no share", () => {
    for (const [some, all] of [
      [1, 0],
      [2, 1],
      [-1, 3],
      [0.5, 3],
    ] as const)
      expect(() => clopperPearson(some, all)).toThrow("Count both.");
  });
});

describe("q-values", () => {
  // The 15 p-values of Benjamini & Hochberg (1995), 4.1: at 0.05 the first four are discoveries.
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];

  it("are those of R's p.adjust for Benjamini and Hochberg's example", () => {
    const qs = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571, 0.0638571, 0.0645, 0.0765, 0.486, 0.5811818,
      0.714875, 0.7532308, 0.8132143, 1,
    ];
    for (const [i, q] of benjaminiHochberg(ps).entries()) expect(q).toBeCloseTo(qs[i] ?? NaN, 7);
    expect(benjaminiHochberg(ps).filter((q) => q <= 0.05)).toHaveLength(4);
  });

  it("belong to their p, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (some) => {
        const qs = benjaminiHochberg(some);
        expect(benjaminiHochberg(some.toReversed())).toEqual(qs.toReversed());
        for (const [i, q] of qs.entries()) {
          expect(q).toBeGreaterThanOrEqual((some[i] ?? NaN) * (1 - 1e-12));
          expect(q).toBeLessThanOrEqual(1);
          for (const [j, other] of qs.entries())
            if ((some[i] ?? 0) <= (some[j] ?? 0)) expect(q).toBeLessThanOrEqual(other);
        }
      }),
    );
  });

  it("refuse what is no probability", () => {
    expect(() => benjaminiHochberg([0.5, 2])).toThrow("no probability");
  });
});

/** P(X ≤ some) of so many trials, from logarithms of binomial coefficients. */
function atMost(some: number, trials: number, share: number): number {
  let log = trials * Math.log1p(-share);
  let total = Math.exp(log);
  for (let k = 1; k <= some; k++) {
    log += Math.log((trials - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    total += Math.exp(log);
  }
  return total;
}
