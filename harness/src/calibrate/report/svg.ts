import type { PlotOptions } from "@observablehq/plot";

/** Colours and letters of the whole report; the background too, since pages may be dark. */
const STYLE = { background: "white", color: "black", fontFamily: "system-ui, sans-serif", fontSize: "12px" };

/** A chart as the text of an SVG file, made without a page. */
export async function svgOf(options: PlotOptions): Promise<string> {
  // Large: what draws nothing should not wait for them.
  const [{ plot }, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const chart = plot({ style: STYLE, ...options, document });
  // Within a page it goes without saying; in a file it does not.
  chart.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `${chart.outerHTML}\n`;
}
