import fc from "fast-check";
import { expect, it } from "vitest";
import { atReferenceClock, geometricMean, historyInterval, ratioWithinSets } from "../../src/index.ts";

const SETS = [2.5, 2.44, 2.47, 2.52, 2.41, 2.46, 2.49, 2.45];

it("has the figure at the reference clock of eight sets", () => {
  const { value, interval } = atReferenceClock(
    SETS.map((medianMs) => ({ medianMs, spinMs: 0.58 })),
    0.58,
  );
  expect(value).toBeCloseTo(2.4673, 4);
  expect(interval).toEqual([expect.closeTo(2.4379, 4), expect.closeTo(2.497, 4)]);
});

it("takes what the clock did out of a figure", () => {
  const steady = atReferenceClock(
    SETS.map((medianMs) => ({ medianMs, spinMs: 0.5 })),
    0.58,
  );
  const drifting = atReferenceClock(
    SETS.map((medianMs, i) => ({ medianMs: medianMs * (1 + i / 10), spinMs: 0.5 * (1 + i / 10) })),
    0.58,
  );
  expect(drifting.value).toBeCloseTo(steady.value, 12);
  expect(drifting.interval?.[1]).toBeCloseTo(steady.interval?.[1] ?? NaN, 12);
});

it("takes what both cells saw out of their ratio", () => {
  const sets = SETS.map((baseMs, i) => ({ baseMs, candidateMs: baseMs * (i % 2 ? 1.99 : 2.01) }));
  const { value, interval: [low, high] = [NaN, NaN] } = ratioWithinSets(sets);
  expect(value).toBeCloseTo(2, 3);
  expect(high - low).toBeLessThan(0.02);
});

it("has no interval of one set, and refuses none and what has no logarithm", () => {
  expect(geometricMean([2])).toEqual({ value: 2 });
  expect(() => geometricMean([])).toThrow("Give at least one.");
  expect(() => geometricMean([1, 0])).toThrow("logarithm");
});

it("follows the unit and no order", () => {
  const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(positive, { minLength: 2, maxLength: 12 }), positive, (values, factor) => {
      const { value, interval: [low, high] = [NaN, NaN] } = geometricMean(values);
      expect(low).toBeLessThanOrEqual(value * (1 + 1e-12));
      expect(high).toBeGreaterThanOrEqual(value * (1 - 1e-12));
      const other = geometricMean(values.toReversed().map((one) => one * factor));
      expect(other.value / (value * factor)).toBeCloseTo(1, 9);
      expect((other.interval?.[1] ?? NaN) / (high * factor)).toBeCloseTo(1, 9);
    }),
  );
});

it("has the interval of the history of six runs", () => {
  const { value, interval } = historyInterval([2.45, 2.5, 2.44, 2.47, 2.42, 2.46]);
  expect(value).toBe(2.46);
  expect(interval).toEqual([expect.closeTo(2.376, 3), expect.closeTo(2.547, 3)]);
});

it("looks at five earlier runs, and needs three", () => {
  const six = [2.45, 2.5, 2.44, 2.47, 2.42, 2.46];
  expect(historyInterval([9, 1, 9, ...six])).toEqual(historyInterval(six));
  expect(historyInterval(six.slice(-3))).toEqual({ value: 2.46 });
  expect(historyInterval(six.slice(-4))).toHaveProperty("interval");
  expect(() => historyInterval([])).toThrow("No figure");
});
