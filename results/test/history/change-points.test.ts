import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanChanges } from "../../src/history/change-points.ts";
import { drawsOf } from "../../src/simulation/draws.ts";

/** Noise with steps of so many standard deviations, each from its index on. */
function series(length: number, steps: Readonly<Record<number, number>>, seed = 1): number[] {
  const { normal } = drawsOf(seed, "series");
  let level = 0;
  return Array.from({ length }, (_, i) => (level += steps[i] ?? 0) + normal());
}

const placesOf = (values: readonly number[], name = "a") =>
  scanChanges(values, name).found.map(({ at }) => at);

describe("scanChanges", () => {
  it("finds steps, each about where it is", () => {
    const found = placesOf(series(200, { 60: 3, 140: -4 }));
    expect(found).toHaveLength(2);
    expect(Math.abs((found[0] ?? 0) - 60)).toBeLessThanOrEqual(2);
    expect(Math.abs((found[1] ?? 0) - 140)).toBeLessThanOrEqual(2);
  });

  it("finds hardly any where there are none", () => {
    const seeds = Array.from({ length: 40 }, (_, i) => i);
    const found = seeds.flatMap((seed) => placesOf(series(100, {}, seed), `noise ${seed}`));
    expect(found.length).toBeLessThanOrEqual(2);
  });

  it("takes one figure that stands out for no level", () => {
    const values = series(80, {});
    values[40] = 30;
    expect(placesOf(values)).toEqual([]);
  });

  it("finds the same in more points, whether or not it has looked at the first ones before", () => {
    const values = series(260, { 30: 3, 90: -3, 95: 4, 200: 3 });
    const whole = scanChanges(values, "a");
    fc.assert(
      fc.property(fc.array(fc.nat({ max: values.length }), { maxLength: 4 }), (lengths) => {
        let known = scanChanges([], "a");
        for (const length of lengths.toSorted((a, b) => a - b))
          known = scanChanges(values.slice(0, length), "a", known);
        expect(scanChanges(values, "a", known)).toEqual(whole);
      }),
      { numRuns: 6 },
    );
  });

  it("finds nothing in too few points", () => {
    expect(placesOf([1, 2, 30, 31, 32])).toEqual([]);
    expect(placesOf([])).toEqual([]);
  });
});
