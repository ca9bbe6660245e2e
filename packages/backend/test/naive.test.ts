import { describe, expect, it } from "vitest";
import { roundToHalf } from "./support/naive.ts";

describe("roundToHalf", () => {
  it.each([
    ["what fits", 6, 6],
    ["a tie to the even neighbour below", 1 + 2 ** -11, 1],
    ["a tie to the even neighbour above", 1 + 3 * 2 ** -11, 1 + 2 ** -9],
    ["more than half up", 1 + 1.01 * 2 ** -11, 1 + 2 ** -10],
    ["into the next binade", 2 - 2 ** -12, 2],
    ["negative values alike", -1 - 3 * 2 ** -11, -1 - 2 ** -9],
    ["the smallest subnormal", 2 ** -24, 2 ** -24],
    ["half of it to 0", 2 ** -25, 0],
    ["0", 0, 0],
  ])("rounds %s", (_, value, rounded) => {
    expect(roundToHalf(value)).toBe(rounded);
  });
});
