import fc from "fast-check";
import { expect, it } from "vitest";
import { hodgesLehmann, walshCut } from "../../src/index.ts";
import { signPatterns } from "./signs.ts";

// Hollander & Wolfe (1999), examples 3.3 and 3.4: −0.46, and (−0.786, −0.010) at 96.1 %.
it("is that of Hollander and Wolfe for the depression scale", () => {
  const x = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const { estimate, interval } = hodgesLehmann(
    x.map((value, i) => (y[i] ?? 0) - value),
    0.04,
  );
  expect(estimate).toBeCloseTo(-0.46, 6);
  expect(interval?.[0]).toBeCloseTo(-0.786, 6);
  expect(interval?.[1]).toBeCloseTo(-0.01, 6);
});

it("cuts as many Walsh averages off as the level allows", () => {
  const cuts = [12, 24, 40].map((pairs) => walshCut(pairs, 0.01 / 3));
  expect(cuts).toEqual([4, 51, 196]);
  expect(walshCut(8, 0.01)).toBe(1);
});

it("gives no interval where so few differences cannot give the level", () => {
  expect(hodgesLehmann([0.5], 0.05)).toEqual({ estimate: 0.5 });
  expect(hodgesLehmann([1, 2, 3, 4, 5], 0.05)).toEqual({ estimate: 3 });
  expect(hodgesLehmann([1, 2, 3, 4, 5, 6], 0.05).interval).toEqual([1, 6]);
  expect(walshCut(7, 0.01)).toBe(0);
});

it("misses 0 in 10 of the 4096 patterns of signs that twelve pairs can have", () => {
  const magnitudes = Array.from({ length: 12 }, (_, i) => 0.1 + 0.017 * i ** 1.3);
  const missed = signPatterns(magnitudes).filter((differences) => {
    const [low, high] = hodgesLehmann(differences, 0.01 / 3).interval ?? [0, 0];
    return low > 0 || high < 0;
  });
  expect(missed).toHaveLength(10);
  expect(missed.length / 4096).toBeLessThan(0.01 / 3);
});

it("misses 0 in no more patterns where magnitudes are tied", () => {
  const patterns = signPatterns([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
  const missed = patterns.filter((differences) => {
    const [low, high] = hodgesLehmann(differences, 0.01 / 3).interval ?? [0, 0];
    return low > 0 || high < 0;
  });
  expect(missed.length).toBeGreaterThan(0);
  expect(missed.length / 4096).toBeLessThanOrEqual(0.01 / 3);
});

const some = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 30 });

it("follows signs, units, shifts and no order", () => {
  fc.assert(
    fc.property(some, fc.double({ min: 0.01, max: 100, noNaN: true }), (differences, factor) => {
      const { estimate, interval: [low, high] = [NaN, NaN] } = hodgesLehmann(differences, 0.01);
      expect(low).toBeLessThanOrEqual(estimate);
      expect(estimate).toBeLessThanOrEqual(high);
      expect(hodgesLehmann(differences.toReversed(), 0.01)).toEqual({ estimate, interval: [low, high] });
      const turned = hodgesLehmann(
        differences.map((d) => -d),
        0.01,
      );
      expect(turned.estimate).toBeCloseTo(-estimate, 12);
      expect(turned.interval?.[0]).toBeCloseTo(-high, 12);
      const moved = hodgesLehmann(
        differences.map((d) => d * factor + 1),
        0.01,
      );
      expect(moved.estimate).toBeCloseTo(estimate * factor + 1, 9);
      expect(moved.interval?.[1]).toBeCloseTo(high * factor + 1, 9);
    }),
  );
});

it("never falls where a difference rises", () => {
  fc.assert(
    fc.property(some, fc.nat(8), fc.double({ min: 0, max: 5, noNaN: true }), (differences, at, rise) => {
      const before = hodgesLehmann(differences, 0.01);
      const after = hodgesLehmann(
        differences.map((d, i) => (i === at ? d + rise : d)),
        0.01,
      );
      expect(after.estimate).toBeGreaterThanOrEqual(before.estimate);
      expect(after.interval?.[0]).toBeGreaterThanOrEqual(before.interval?.[0] ?? NaN);
    }),
  );
});

it("is wider where it is to hold more often", () => {
  fc.assert(
    fc.property(some, (differences) => {
      const [low, high] = hodgesLehmann(differences, 0.05).interval ?? [NaN, NaN];
      const [lower, higher] = hodgesLehmann(differences, 0.01).interval ?? [NaN, NaN];
      expect(lower).toBeLessThanOrEqual(low);
      expect(higher).toBeGreaterThanOrEqual(high);
    }),
  );
});

it("refuses what has no centre", () => {
  expect(() => hodgesLehmann([], 0.05)).toThrow("Give at least one.");
  expect(() => hodgesLehmann([NaN], 0.05)).toThrow("no finite number");
  expect(() => hodgesLehmann([1], 5)).toThrow("alpha");
});
