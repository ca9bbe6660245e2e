import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "../../src/charts/spread.ts";

describe("spread", () => {
  it("keeps labels apart, in their order and between the ends", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (wanted) => {
          const places = spread(wanted, 15, 0, 400);
          if (!places) throw new Error("there is room for 20 of them");
          const order = wanted.map((_, i) => i).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
          const sorted = order.map((i) => places[i] ?? Number.NaN);
          for (const [i, place] of sorted.entries()) {
            expect(place).toBeGreaterThanOrEqual(0);
            expect(place).toBeLessThanOrEqual(400);
            if (i > 0) expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
          }
        },
      ),
    );
  });

  it("moves nothing that has room", () => {
    expect(spread([300, 20, 100], 15, 0, 400)).toEqual([300, 20, 100]);
  });

  it("gives up where there is no room for all", () => {
    expect(spread([1, 2, 3], 15, 0, 20)).toBeUndefined();
  });
});
