import fc from "fast-check";
import { expect, it } from "vitest";
import { moveCursor, nearestSpot, type CursorKey } from "../src/explore/cursor.ts";

const spots = fc.array(fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 5 }) }), {
  minLength: 1,
  maxLength: 12,
});

it.each(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"] as const)("reaches every datum by %s", (key) => {
  fc.assert(
    fc.property(spots, (given) => {
      const seen: number[] = [];
      for (let at = moveCursor(given, undefined, key); at !== undefined && at !== seen.at(-1);) {
        seen.push(at);
        at = moveCursor(given, at, key);
      }
      expect(seen.toSorted((a, b) => a - b)).toEqual(given.map((_, i) => i));
    }),
  );
});

it.each<[CursorKey, CursorKey]>([
  ["ArrowLeft", "ArrowRight"],
  ["ArrowDown", "ArrowUp"],
])("%s undoes %s", (back, forth) => {
  const given = [
    { x: 0, y: 3 },
    { x: 2, y: 1 },
    { x: 1, y: 2 },
  ];
  const first = moveCursor(given, undefined, forth);
  const second = moveCursor(given, first, forth);
  expect(second).not.toBe(first);
  expect(moveCursor(given, second, back)).toBe(first);
});

it("goes to the ends, and nowhere where there is nothing", () => {
  const given = [
    { x: 2, y: 0 },
    { x: 0, y: 0 },
    { x: 1, y: 0 },
  ];
  expect(moveCursor(given, 2, "Home")).toBe(1);
  expect(moveCursor(given, 2, "End")).toBe(0);
  expect(moveCursor([], undefined, "ArrowRight")).toBeUndefined();
});

it("finds the nearest within reach alone", () => {
  const given = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
  ];
  expect(nearestSpot(given, { x: 7, y: 0 }, 5)).toBe(1);
  expect(nearestSpot(given, { x: 50, y: 0 }, 5)).toBeUndefined();
});
