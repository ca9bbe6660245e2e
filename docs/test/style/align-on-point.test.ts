import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignedOnPoint, isFigure } from "../../src/style/align-on-point.ts";

const number = fc.oneof(
  fc.nat({ max: 9999 }).map(String),
  fc.tuple(fc.nat({ max: 999 }), fc.stringMatching(/^\d{1,4}$/)).map(([whole, rest]) => `${whole}.${rest}`),
);

describe("alignedOnPoint", () => {
  it("puts all points equally far from the end", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 12 }), (numbers) => {
        const aligned = alignedOnPoint(numbers);
        const behind = aligned.map((text, i) => text.length - (numbers[i] ?? "").split(".")[0]!.length);
        expect(new Set(behind).size).toBe(1);
        expect(aligned.map((text) => text.trimEnd())).toEqual(numbers);
      }),
    );
  });

  it("leaves words, dashes and lone columns of whole numbers as they are", () => {
    expect(alignedOnPoint(["–", "", "3–4", "12"])).toEqual(["–", "", "3–4", "12"]);
    expect(alignedOnPoint(["–", "1.50"])).toEqual(["–", "1.50"]);
  });

  it("aligns intervals by their higher ends", () => {
    expect(alignedOnPoint(["11.5–11.9", "1.70–1.74", "122–125"])).toEqual([
      "11.5–11.9\u2007",
      "1.70–1.74",
      "122–125\u2008\u2007\u2007",
    ]);
  });

  it("keeps signs", () => {
    expect(alignedOnPoint(["−1.5", "+20"])).toEqual(["−1.5", "+20\u2008\u2007"]);
  });
});

describe("isFigure", () => {
  it.each(["", "–", "12", "−1.5", "+3 %", "1.70–1.74", "2–4"])("takes %j for one", (text) => {
    expect(isFigure(text)).toBe(true);
  });

  it.each(["ok", "1.0_224", "18:33:12", "2026-11-22", "3 cells", "%"])("takes %j for words", (text) => {
    expect(isFigure(text)).toBe(false);
  });
});
