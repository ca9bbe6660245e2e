import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortened, widthOf } from "../../src/charts/letters.ts";

describe("shortened", () => {
  it("leaves what fits as it is, to the last letter", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(shortened(text, widthOf(text))).toBe(text);
      }),
    );
  });

  it("cuts what does not fit to the width, and says that it was cut", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 10, maxLength: 60 }),
        fc.double({ min: 12, max: 60, noNaN: true }),
        (text, width) => {
          fc.pre(widthOf(text) > width);
          const short = shortened(text, width);
          expect(widthOf(short)).toBeLessThanOrEqual(width);
          expect(short.endsWith("…")).toBe(true);
        },
      ),
    );
  });
});
