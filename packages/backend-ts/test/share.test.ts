import fc from "fast-check";
import { expect, it } from "vitest";
import { shareOf } from "../src/share.ts";

it("shares follow one another, cover everything and differ by one unit at most", () => {
  fc.assert(
    fc.property(
      fc.nat(3000),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 64 }),
      (length, unit, count) => {
        const shares = Array.from({ length: count }, (_, index) => shareOf(length, unit, { index, count }));
        expect(shares.map(({ from }) => from)).toEqual([0, ...shares.slice(0, -1).map(({ to }) => to)]);
        expect(shares.at(-1)?.to).toBe(length);
        for (const { from } of shares) expect(from === length || from % unit === 0).toBe(true);
        const units = shares.map(({ from, to }) => Math.ceil((to - from) / unit));
        expect(Math.max(...units) - Math.min(...units)).toBeLessThanOrEqual(1);
      },
    ),
  );
});
