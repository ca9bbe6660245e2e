import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniform } from "@mobilenet-bench/spec";
import { coverageOf, RIGHT_COVERAGE, sumCoverage, type Estimate } from "../../src/statistics/index.ts";

const ascending = (a: number, b: number) => a - b;
const figure = (value: number, half?: number): Estimate => ({
  value,
  ...(half !== undefined && { interval: [value - half, value + half] }),
});

describe("coverageOf", () => {
  it("counts what each interval contains of the other figures, and which do not touch", () => {
    const coverage = coverageOf([figure(1, 0.5), figure(1.4, 0.1), figure(2, 0.2), figure(1.45)]);
    // The first holds 1.4 and 1.45, the second 1.45, the third none.
    expect(coverage.others).toEqual({ count: 3, of: 9 });
    // The medians of the others are 1.45, 1.45 and 1.4.
    expect(coverage.centre).toEqual({ count: 2, of: 3 });
    expect(coverage.apart).toEqual({ count: 2, of: 3 });
    expect(coverage.halfWidths.map((half) => half.toFixed(3))).toEqual(["0.500", "0.071", "0.100"]);
  });

  it("needs three measurements", () => {
    expect(() => coverageOf([figure(1, 1), figure(2, 1)])).toThrow(
      "[results] 2 measurements have no coverage",
    );
  });

  it("adds up over things that are measured", () => {
    const one = coverageOf([figure(1, 1), figure(1.5, 0.1), figure(2, 0.1)]);
    expect(sumCoverage([one, one])).toEqual({
      others: { count: 2 * one.others.count, of: 12 },
      centre: { count: 2 * one.centre.count, of: 6 },
      apart: { count: 2 * one.apart.count, of: 6 },
      halfWidths: [...one.halfWidths, ...one.halfWidths],
    });
  });

  it("does not depend on the order of the measurements", () => {
    const value = fc.double({ min: 0.5, max: 2, noNaN: true });
    const half = fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, half), { minLength: 3, maxLength: 8 }), (drawn) => {
        const figures = drawn.map(([centre, width]) => figure(centre, width));
        const { halfWidths, ...tallies } = coverageOf(figures);
        const { halfWidths: others, ...reversed } = coverageOf(figures.toReversed());
        expect(reversed).toEqual(tallies);
        expect(others.toSorted(ascending)).toEqual(halfWidths.toSorted(ascending));
      }),
    );
  });

  it("is what it should be for normal figures of known spread", () => {
    const normal = normals();
    const runs = 12;
    const all = Array.from({ length: 400 }, () =>
      coverageOf(Array.from({ length: runs }, () => figure(100 + normal(), 1.959964))),
    );
    const { others, centre, apart } = sumCoverage(all);
    expect(others.count / others.of).toBeCloseTo(RIGHT_COVERAGE.others, 1.5);
    expect(apart.count / apart.of).toBeCloseTo(RIGHT_COVERAGE.apart, 2);
    // The median of eleven others has a spread of its own: a little less than 95 %.
    expect(centre.count / centre.of).toBeGreaterThan(0.91);
    expect(centre.count / centre.of).toBeLessThan(RIGHT_COVERAGE.centre);
  });
});

/** Standard normal numbers, the same each time: Box and Muller's. */
function normals(): () => number {
  const next = uniform(1, "normal");
  const random = () => (next() + 1) / 2;
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
