import fc from "fast-check";
import { expect, it } from "vitest";
import { rankRanges } from "../../src/index.ts";

it("shares ranks among those that nothing tells apart", () => {
  const certainly = (one: number, other: number) => one < other - 1;
  const ranges = rankRanges([1, 1.5, 2.2, 9], certainly);
  expect([...ranges.values()]).toEqual([
    [1, 2],
    [1, 3],
    [2, 3],
    [4, 4],
  ]);
});

it("gives every item a range that holds its place in any order that is known", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }),
      fc.nat(20),
      (items, doubt) => {
        const ranges = rankRanges(items, (one, other) => one < other - doubt);
        const sorted = items.toSorted((a, b) => a - b);
        for (const [place, item] of sorted.entries()) {
          const [best, worst] = ranges.get(item) ?? [NaN, NaN];
          expect(best).toBeLessThanOrEqual(place + 1);
          expect(worst).toBeGreaterThanOrEqual(place + 1);
          if (doubt === 0) expect([best, worst]).toEqual([place + 1, place + 1]);
        }
      },
    ),
  );
});
