import { describe, expect, it } from "vitest";
import { rowIntervals } from "../../src/charts/row-intervals.ts";
import { pageDocument } from "../support/page-document.ts";
import { COMPETING, FAILED, HOLLOW } from "../support/site-cell.ts";
import { translationOf } from "../support/test-chart.ts";

const largest = COMPETING.slice(0, 4);

describe("rowIntervals", () => {
  it("puts the dots of a group on one scale, the slowest at its end", () => {
    const drawings = rowIntervals(pageDocument(), largest);
    const xs = largest.map(({ id }) => {
      const dot = drawings.get(id)?.querySelector("g");
      return dot ? translationOf(dot)[0] : Number.NaN;
    });
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(xs.at(0)).toBeGreaterThanOrEqual(0);
    expect(xs.at(-1)).toBeLessThanOrEqual(96);
    expect(new Set(xs).size).toBe(4);
  });

  it("has none for what has no figure, and says nothing to those who hear the page", () => {
    const drawings = rowIntervals(pageDocument(), [...FAILED, ...HOLLOW]);
    expect([...drawings.keys()]).toEqual(HOLLOW.map(({ id }) => id));
    for (const drawing of drawings.values()) expect(drawing.getAttribute("aria-hidden")).toBe("true");
  });

  it("draws a group of one", () => {
    const [drawing] = rowIntervals(pageDocument(), largest.slice(0, 1)).values();
    expect(drawing?.outerHTML).not.toMatch(/NaN|Infinity/);
  });
});
