import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pictureRandom, SPLITS } from "../src/split.ts";

const split = fc.constantFrom(...SPLITS);
const index = fc.integer({ min: 0, max: 2 ** 30 - 1 });
const start = (...picture: Parameters<typeof pictureRandom>) => {
  const next = pictureRandom(...picture);
  return [next(), next(), next(), next()].join();
};

describe("the random numbers of a picture", () => {
  it("are its own: no two pictures of whatever splits share them", () => {
    fc.assert(
      fc.property(split, index, split, index, (splitA, a, splitB, b) => {
        fc.pre(splitA !== splitB || a !== b);
        expect(start(splitA, a)).not.toBe(start(splitB, b));
      }),
    );
  });

  it("do not follow those of the picture before", () => {
    const firsts = Array.from({ length: 4000 }, (_, i) => pictureRandom("train", i)());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    const product = firsts.reduce((sum, value, i) => sum + value * (firsts[i + 1] ?? 0), 0) / firsts.length;
    // Four standard errors: the numbers have variance 1/3.
    expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(1 / 3)) / Math.sqrt(4000));
    expect(Math.abs(product)).toBeLessThan(4 / 3 / Math.sqrt(4000));
  });
});
