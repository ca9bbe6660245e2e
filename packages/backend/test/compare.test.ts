import { describe, expect, it } from "vitest";
import { checkLogits, compare, type Expected } from "../src/index.ts";

const EXPECTED: Expected = {
  values: Float64Array.of(1, 2, 4),
  bound: Float64Array.of(0.5, 0.25, 0.25),
  noise: Infinity,
};

describe("compare", () => {
  it("accepts what is within bounds and names the element nearest to its bound", () => {
    expect(compare(Float32Array.of(1.25, 2.1875, 4), EXPECTED)).toEqual({
      ok: true,
      maxAbsError: 0.25,
      bound: 0.25,
      worstFraction: 0.75,
      worstIndex: 1,
      snrDb: 10 * Math.log10(21 / (0.25 ** 2 + 0.1875 ** 2)),
    });
  });

  it("rejects what is outside, by the element that is farthest outside", () => {
    const { ok, worstIndex, worstFraction, reason } = compare(Float32Array.of(2, 2, 5), EXPECTED);
    expect({ ok, worstIndex, worstFraction }).toEqual({ ok: false, worstIndex: 2, worstFraction: 4 });
    expect(reason).toBe("Element 2 is 5, expected 4 ± 2.50e-1.");
  });

  it("accepts the exact value alone where the bound is 0", () => {
    const exact = { values: Float64Array.of(6), bound: Float64Array.of(0), noise: 0 };
    expect(compare(Float32Array.of(6), exact)).toMatchObject({ ok: true, worstFraction: 0 });
    expect(compare(Float32Array.of(6.0000005), exact).ok).toBe(false);
  });

  it.each([NaN, Infinity, -Infinity])("rejects %f", (value) => {
    const comparison = compare(Float32Array.of(1, value, 4), EXPECTED);
    expect(comparison).toMatchObject({ ok: false, worstIndex: 1, maxAbsError: Infinity });
    expect(comparison.reason).toBe(`Element 1 is ${value}, expected 2.`);
  });

  it.each([0, 2, 4])("rejects a length of %i", (length) => {
    expect(compare(new Float32Array(length), EXPECTED)).toMatchObject({
      ok: false,
      worstIndex: -1,
      reason: `There are ${length} values instead of 3.`,
    });
  });
});

describe("checkLogits", () => {
  it("sees another winner", () => {
    const check = checkLogits(Float32Array.of(5, 2, 4), EXPECTED);
    expect(check).toMatchObject({ ok: false, top1: { same: false, agrees: false } });
  });

  it("lets classes swap places whose margin is inside the bounds", () => {
    const close = { values: Float64Array.of(1, 1.25), bound: Float64Array.of(0.25, 0.25), noise: 1 };
    expect(checkLogits(Float32Array.of(1.2, 1.1), close)).toMatchObject({
      ok: true,
      top1: { same: false, agrees: true, margin: 0.25, bound: 0.5 },
    });
  });

  it("does not find a winner among NaN, or in a wrong length", () => {
    expect(checkLogits(new Float32Array(3).fill(NaN), EXPECTED).top1.agrees).toBe(false);
    expect(checkLogits(Float32Array.of(1, 2), EXPECTED).top1.agrees).toBe(false);
  });
});
