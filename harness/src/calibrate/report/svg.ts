import type { PlotOptions } from "@observablehq/plot";

const SVG = "http://www.w3.org/2000/svg";
/** Colours and letters of the whole report. */
const STYLE = { color: "black", fontFamily: "system-ui, sans-serif", fontSize: "12px" };

/** A chart as the text of an SVG file, made without a page. */
export async function svgOf(options: PlotOptions): Promise<string> {
  // Large: what draws nothing should not wait for them.
  const [{ plot }, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const chart = plot({ style: STYLE, ...options, document });
  // Within a page it goes without saying; in a file it does not.
  chart.setAttribute("xmlns", SVG);
  chart.prepend(ground(document));
  return `${chart.outerHTML}\n`;
}

/** Pages may be dark, and what is no browser knows no background of a style. */
function ground(document: Document): SVGRectElement {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of [
    ["width", "100%"],
    ["height", "100%"],
    ["fill", "white"],
  ] as const)
    rect.setAttribute(name, value);
  return rect;
}
