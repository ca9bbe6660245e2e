import type { ChartTable, Frame } from "./chart.ts";
import { penOf, type Children } from "../drawing/svg.ts";

/** The letters of every drawing; nothing in it is smaller. */
const LETTERS = { family: "system-ui, sans-serif", size: 12 } as const;
/** From here on a drawing has room for names at its right edge. */
const WIDE = 640;

/** Around a drawing that stands by itself, in pixels: its letters must not touch the edge. */
export const FILE_MARGIN = 16;

/** Whether there is room for words beside the plot. A file makes it: nothing beside it would say what its marks are. */
export function isWide({ width, medium }: Frame): boolean {
  return medium === "file" || width >= WIDE;
}

/** What every drawing has: its size, its name, its description, and where it stands by itself, a ground. */
export function rootOf(
  frame: Frame,
  height: number,
  { table: { caption }, says }: { readonly table: ChartTable; readonly says: string },
  children: Children,
): SVGSVGElement {
  const pen = penOf(frame.document);
  const { width } = frame;
  const tall = Math.ceil(height);
  const alone = frame.medium === "file";
  const margin = alone ? FILE_MARGIN : 0;
  const size = { width: width + 2 * margin, height: tall + 2 * margin };
  const svg = pen(
    "svg",
    {
      class: "chart",
      role: "img",
      "aria-label": caption,
      viewBox: `${-margin} ${-margin} ${size.width} ${size.height}`,
      ...size,
      fill: "var(--ink)",
      "font-family": LETTERS.family,
      "font-size": LETTERS.size,
    },
    [
      pen("desc", {}, [says]),
      alone
        ? pen("rect", { x: -margin, y: -margin, ...size, fill: "var(--page)", stroke: "none" })
        : undefined,
      ...children,
    ],
  );
  // Within a page it goes without saying; in a file it does not.
  if (alone) svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg;
}
