import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommonOff } from "../../src/history/common-off.ts";
import { wobble } from "./nights.ts";

const sorted = (values: readonly number[]) => Float64Array.from(values).toSorted();
/** Of so many cells, what each is off by in a night, about alike. */
const quiet = (night: number, count = 30) =>
  Array.from({ length: count }, (_, cell) => 0.01 * wobble(night, cell));

describe("CommonOff", () => {
  it("moves with what all have in common, by that much", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (shift) => {
        const [one, other] = [new CommonOff(21), new CommonOff(21)];
        for (let night = 0; night < 5; night++) {
          const values = quiet(night);
          const moved = values.map((value) => value + shift);
          expect(other.next(sorted(moved)) - one.next(sorted(values))).toBeCloseTo(shift, 9);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is hardly moved by two of five that have something besides, however large", () => {
    for (const besides of [0.04, 0.5, -10]) {
      const common = new CommonOff(21);
      for (let night = 0; night < 20; night++) common.next(sorted(quiet(night)));
      const values = quiet(20).map((value, cell) => (cell < 12 ? value + besides : value));
      expect(Math.abs(common.next(sorted(values)))).toBeLessThan(0.005);
    }
  });

  it("is what most are where these are equal, and nothing of nothing", () => {
    const common = new CommonOff(21);
    expect(common.next(sorted([0, 1, 1, 1, 5]))).toBe(1);
    expect(common.next(sorted([]))).toBe(0);
    expect(common.next(sorted([3]))).toBe(3);
  });
});
