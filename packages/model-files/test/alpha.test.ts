import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { thin } from "@mobilenet-bench/spec";
import { AlphaRange } from "../src/graph/alpha.ts";

const WIDTHS = [32, 64, 128, 256, 512, 1024];

/** What is left of α after all layers of this network. */
function rangeOf(alpha: number): AlphaRange {
  const range = new AlphaRange();
  for (const width of WIDTHS) expect(range.narrow(width, thin(width, alpha))).toBe(true);
  return range;
}

describe("α from channels", () => {
  test.each([1, 0.75, 0.5, 0.25, 0.1, 0.05, 0.35, 0.001, 1.4, 2, 3.5])("%d is found again", (alpha) => {
    expect(rangeOf(alpha).shortest()).toBe(alpha);
  });

  test("any other α gives the same channels as the one that is found, which has no more digits", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 8, noNaN: true }), (alpha) => {
        const range = rangeOf(alpha);
        const shortest = range.shortest() ?? NaN;
        expect(range.has(alpha)).toBe(true);
        expect(WIDTHS.map((width) => thin(width, shortest))).toEqual(
          WIDTHS.map((width) => thin(width, alpha)),
        );
        expect(shortest.toString().length).toBeLessThanOrEqual(alpha.toString().length);
      }),
    );
  });

  test("knows before a layer how many channels it may have", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 8, noNaN: true }), (alpha) => {
        const range = new AlphaRange();
        expect(range.thinned(32)).toEqual([8, Infinity]);
        for (const width of WIDTHS) {
          const [fewest, most] = range.thinned(width);
          const channels = thin(width, alpha);
          expect(channels).toBeGreaterThanOrEqual(fewest);
          expect(channels).toBeLessThanOrEqual(most);
          expect(range.narrow(width, most === Infinity ? 7 : most + 1)).toBe(false);
          expect(range.narrow(width, fewest - 1)).toBe(false);
          expect(range.narrow(width, channels)).toBe(true);
        }
        expect(range.has(alpha)).toBe(true);
      }),
    );
  });
});
