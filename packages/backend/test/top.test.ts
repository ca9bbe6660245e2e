import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../src/correctness/top.ts";

const exact = (...values: number[]) => ({
  values: Float64Array.from(values),
  bound: new Float64Array(values.length),
  noise: Infinity,
});

describe("agreement", () => {
  it("tells how far the reference's cut is, and the bounds there", () => {
    const expected = { ...exact(1, 7, 3, 6, 5, 4, 2), bound: Float64Array.of(9, 0.5, 9, 0.25, 9, 9, 9) };
    const actual = Float32Array.from(expected.values);
    expect(agreement(actual, expected, 1)).toEqual({ same: true, agrees: true, margin: 1, bound: 0.75 });
    expect(agreement(actual, expected, 5)).toEqual({ same: true, agrees: true, margin: 1, bound: 18 });
  });

  it("does not mind the order within the best five", () => {
    const expected = exact(10, 9, 8, 7, 6, 1);
    expect(agreement(Float32Array.of(6, 7, 8, 9, 10, 1), expected, 5)).toMatchObject({
      same: true,
      agrees: true,
    });
    expect(agreement(Float32Array.of(6, 7, 8, 9, 1, 10), expected, 5)).toMatchObject({
      same: false,
      agrees: false,
    });
  });

  it("lets classes take places only where both bounds reach", () => {
    const expected = { ...exact(4, 3.5, 0), bound: Float64Array.of(0.25, 0.25, 0) };
    expect(agreement(Float32Array.of(3.75, 3.75 + 2 ** -20, 0), expected, 1)).toMatchObject({
      same: false,
      agrees: true,
    });
    expect(agreement(Float32Array.of(3, 3.5, 4), expected, 1).agrees).toBe(false);
    const closer = { ...expected, bound: Float64Array.of(0.25, 0.125, 0) };
    expect(agreement(Float32Array.of(3, 3.5, 0), closer, 1).agrees).toBe(false);
  });

  it("breaks ties by class, on both sides alike", () => {
    const tied = exact(1, 2, 2, 2, 0, 0, 0);
    expect(agreement(Float32Array.from(tied.values), tied, 1)).toEqual({
      same: true,
      agrees: true,
      margin: 0,
      bound: 0,
    });
    expect(agreement(Float32Array.of(1, 2, 2.5, 2, 0, 0, 0), tied, 1)).toMatchObject({
      same: false,
      agrees: true,
    });
  });

  it.each([1, 2, 5])("has no cut among %i classes for the best five", (classes) => {
    const expected = exact(...Array.from({ length: classes }, (_, i) => i));
    const actual = Float32Array.from(expected.values.toReversed());
    expect(agreement(actual, expected, 5)).toEqual({ same: true, agrees: true });
  });

  it("has one among six", () => {
    expect(agreement(new Float32Array(6), exact(6, 5, 4, 3, 2, 1), 5)).toEqual({
      same: true,
      agrees: true,
      margin: 1,
      bound: 0,
    });
  });

  it.each([1, 5])("never finds the best %i among NaN or in a wrong length", (k) => {
    const expected = exact(6, 5, 4, 3, 2, 1);
    for (const actual of [Float32Array.of(6, 5, 4, 3, 2, NaN), Float32Array.of(6, 5, 4, 3, 2)])
      expect(agreement(actual, expected, k)).toMatchObject({ same: false, agrees: false });
  });

  it("holds for whatever is within the bounds", () => {
    const logit = fc.record({
      value: fc.integer({ min: -8, max: 8 }),
      bound: fc.integer({ min: 0, max: 4 }),
      error: fc.integer({ min: -4, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 12 }), fc.constantFrom(1, 5), (logits, k) => {
        const expected = {
          values: Float64Array.from(logits, ({ value }) => value),
          bound: Float64Array.from(logits, ({ bound }) => bound),
          noise: Infinity,
        };
        const actual = Float32Array.from(
          logits,
          ({ value, bound, error }) => value + Math.min(bound, Math.max(-bound, error)),
        );
        expect(agreement(actual, expected, k).agrees).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
