import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestSplit } from "../../src/history/best-split.ts";

/** Sum of distances between all pairs of two lists. */
const between = (xs: readonly number[], ys: readonly number[]) =>
  xs.reduce((sum, x) => sum + ys.reduce((inner, y) => inner + Math.abs(x - y), 0), 0);

/** As the definition has it, each sum anew. */
function statisticOf(xs: readonly number[], ys: readonly number[]): number {
  const [n, m] = [xs.length, ys.length];
  const within = (values: readonly number[]) => between(values, values) / 2;
  const first = n > 1 ? (m * within(xs)) / (n - 1) : 0;
  const second = m > 1 ? (n * within(ys)) / (m - 1) : 0;
  return (2 / (n + m)) * (between(xs, ys) - first - second);
}

describe("bestSplit", () => {
  it("is the largest statistic of all splits, as the definition has it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 14 }),
        fc.integer({ min: 1, max: 3 }),
        (values, least) => {
          const all: number[] = [];
          for (let end = 2 * least; end <= values.length; end++)
            for (let at = least; at <= end - least; at++)
              all.push(statisticOf(values.slice(0, at), values.slice(at, end)));
          const split = bestSplit(Float64Array.from(values), least);
          if (all.length === 0) expect(split).toBeUndefined();
          else expect(split?.statistic).toBeCloseTo(Math.max(...all), 9);
        },
      ),
    );
  });

  it("is where a step is", () => {
    const values = [1, 1.1, 0.9, 1, 1.05, 2, 2.1, 1.9, 2];
    expect(bestSplit(Float64Array.from(values), 1)?.at).toBe(5);
  });
});
