import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logTicks, scaleOf, tickText } from "../../src/charts/scale.ts";

const range = [0, 300] as const;
const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });

describe("scaleOf", () => {
  it.each(["log", "linear"] as const)("keeps all values within, in their order, on a %s scale", (kind) => {
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (values) => {
        const { place } = scaleOf({ kind, values, range, ticks: 5 });
        const places = values.toSorted((a, b) => a - b).map(place);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const at of places) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(300);
        }
      }),
    );
  });

  it("has a domain without any value", () => {
    for (const kind of ["log", "linear"] as const) {
      const { domain, ticks } = scaleOf({ kind, values: [], range, ticks: 5 });
      expect(domain[1]).toBeGreaterThan(domain[0]);
      expect(ticks.length).toBeGreaterThan(0);
    }
  });

  it("begins at 0 where lengths tell amounts, and near the values where they do not", () => {
    const values = [121, 138];
    expect(scaleOf({ kind: "linear", values, range, ticks: 5 }).domain[0]).toBe(0);
    expect(scaleOf({ kind: "linear", values, range, ticks: 5, fromZero: false }).domain[0]).toBeGreaterThan(
      100,
    );
  });

  it("puts what lies outside on the edge", () => {
    const { place } = scaleOf({ kind: "log", values: [1, 10], range, ticks: 5 });
    expect(place(0)).toBe(0);
    expect(place(1e6)).toBe(300);
  });
});

describe("logTicks", () => {
  it("gives as many as there is room for, all within", () => {
    fc.assert(
      fc.property(
        positive,
        fc.double({ min: 1.01, max: 1e8, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, times, most) => {
          const ticks = logTicks([low, low * times], most);
          // Between two powers of ten there are at most a few more than asked for.
          expect(ticks.length).toBeLessThanOrEqual(2 * most + 1);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low);
            expect(tick).toBeLessThanOrEqual(low * times);
          }
        },
      ),
    );
  });

  it("gets sparser the less room there is", () => {
    expect(logTicks([10, 700], 8)).toEqual([10, 20, 50, 100, 200, 500]);
    expect(logTicks([10, 700], 4)).toEqual([10, 30, 100, 300]);
    expect(logTicks([10, 700], 2)).toEqual([10, 100]);
    expect(logTicks([1, 1e8], 4)).toEqual([1, 1e3, 1e6]);
  });
});

describe("tickText", () => {
  it("never has an exponent or a tail", () => {
    expect([0, 0.5, 13.57, 0.1 + 0.2, 1500].map(tickText)).toEqual(["0", "0.5", "13.57", "0.3", "1500"]);
  });
});
