import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Chart, DrawChart, Frame } from "../../src/charts/chart.ts";
import { widthOf } from "../../src/charts/letters.ts";
import { parseTokens } from "../../src/style/tokens.ts";
import { pageDocument } from "./page-document.ts";

const WIDTHS = [358, 960] as const;
/** More would be slow to draw, and nobody could tell them apart. */
const MOST_ELEMENTS = 2000;
const COLOURED = ["fill", "stroke"] as const;
const { light: tokens } = parseTokens(
  readFileSync(new URL("../../src/style/tokens.css", import.meta.url), "utf8"),
);

/**
 * What every chart promises, of each of its cases at both widths, and a snapshot of what it draws, tabulates and says.
 * @param cases by name: usually all there can be, a single datum, nothing but failures, and nothing
 */
export function testChart<Data>(
  name: string,
  draw: DrawChart<Data>,
  cases: Readonly<Record<string, NoInfer<Data>>>,
): void {
  const drawn = Object.entries(cases).flatMap(([words, data]) =>
    WIDTHS.map((width) => ({ words, data, width })),
  );

  describe.each(drawn)(`${name}, $words, $width wide`, ({ data, width }) => {
    const chartFor = (medium: Frame["medium"]) => draw(data, { document: pageDocument(), width, medium });

    it("has a datum with a key of its own for each row of its table", () => {
      const { svg, table } = chartFor("page");
      const keys = dataIn(svg).map((datum) => datum.getAttribute("data-datum"));
      expect(keys).toHaveLength(table.rows.length);
      expect(new Set(keys).size).toBe(keys.length);
      for (const row of table.rows) expect(row).toHaveLength(table.head.length);
    });

    it("puts every datum within the drawing", () => {
      const { svg } = chartFor("page");
      const height = Number(svg.getAttribute("height"));
      for (const datum of dataIn(svg)) {
        const [x, y] = translationOf(datum);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(height);
      }
    });

    it("has no words beyond its edges", () => {
      const outside = [...chartFor("page").svg.querySelectorAll("text")]
        .map((text) => ({ words: text.textContent ?? "", ...reachOf(text) }))
        .filter(({ left, right }) => left < -1 || right > width + 1);
      expect(outside).toEqual([]);
    });

    it("is named by its caption and described by what it says", () => {
      const { svg, table, says } = chartFor("page");
      expect(svg.getAttribute("role")).toBe("img");
      expect(svg.getAttribute("aria-label")).toBe(table.caption);
      expect(svg.querySelector("desc")?.textContent).toBe(says);
      expect(says).toMatch(/\.$/);
    });

    it("has colours by tokens alone, and no style or script", () => {
      const { svg } = chartFor("file");
      const all = [svg, ...svg.querySelectorAll("*")];
      const names = all.map(({ localName }) => localName);
      expect(names).not.toContain("style");
      expect(names).not.toContain("script");
      expect(all.filter((element) => element.hasAttribute("style"))).toEqual([]);
      const colours = all.flatMap((element) => COLOURED.flatMap((name) => element.getAttribute(name) ?? []));
      const known = new Set(["none", ...[...tokens.keys()].map((token) => `var(--${token})`)]);
      expect(colours.filter((colour) => !known.has(colour))).toEqual([]);
      expect(all.length).toBeLessThanOrEqual(MOST_ELEMENTS);
    });

    it("has no letters smaller than 12 px, and is never made smaller than it was drawn", () => {
      const { svg } = chartFor("page");
      const sizes = [svg, ...svg.querySelectorAll("[font-size]")].map((one) =>
        Number(one.getAttribute("font-size")),
      );
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
      expect(svg.getAttribute("width")).toBe(String(width));
      expect(svg.getAttribute("viewBox")).toBe(`0 0 ${width} ${svg.getAttribute("height")}`);
    });

    it("has a ground and a namespace where it stands by itself, and there alone", () => {
      const grounds = ({ svg }: Chart) =>
        [...svg.children].filter(
          (child) => child.localName === "rect" && child.getAttribute("fill") === "var(--page)",
        ).length;
      expect(grounds(chartFor("file"))).toBe(1);
      expect(grounds(chartFor("page"))).toBe(0);
      expect(chartFor("file").svg.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
      expect(chartFor("page").svg.hasAttribute("xmlns")).toBe(false);
    });

    it("draws, tabulates and says the same as before", () => {
      const { svg, table, says } = chartFor("page");
      expect({ says, table, svg: svg.outerHTML.replaceAll("><", ">\n<") }).toMatchSnapshot();
    });
  });
}

/** In the order of the document. */
export function dataIn(svg: SVGSVGElement): Element[] {
  return [...svg.querySelectorAll("[data-datum]")];
}

/** Where an element's own transform puts it. */
export function translationOf(element: Element): [x: number, y: number] {
  const [, x, y] = /^translate\((\S+) (\S+)\)$/.exec(element.getAttribute("transform") ?? "") ?? [];
  return [Number(x), Number(y)];
}

/** From where to where the letters of a text reach, about. */
function reachOf(text: Element): { readonly left: number; readonly right: number } {
  let x = Number(text.getAttribute("x") ?? 0);
  for (let group = text.parentElement; group; group = group.parentElement)
    if (group.hasAttribute("transform")) x += translationOf(group)[0];
  const width = widthOf(text.textContent ?? "");
  const left = x - width * (BEFORE_ANCHOR.get(text.getAttribute("text-anchor") ?? "start") ?? 0);
  return { left, right: left + width };
}

/** The share of a text that is left of its place. */
const BEFORE_ANCHOR: ReadonlyMap<string, number> = new Map([
  ["start", 0],
  ["middle", 0.5],
  ["end", 1],
]);
