import fc from "fast-check";
import { expect, it } from "vitest";
import { randomOf, shuffled } from "../src/run/shuffled.ts";

it("keeps every item once, in an order that the seed decides", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 30 }), fc.nat(), (items, seed) => {
      const order = shuffled(items, randomOf(seed, "order"));
      expect(order.toSorted()).toEqual(items.toSorted());
      expect(shuffled(items, randomOf(seed, "order"))).toEqual(order);
    }),
  );
});

it("puts each item in each place about equally often", () => {
  const random = randomOf(3, "places");
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[shuffled([0, 1, 2, 3], random).indexOf(2)]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
