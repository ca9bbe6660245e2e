import { type Denominator, howMany, percent, significant } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import type { Area } from "./axes.ts";
import { widthOf } from "./letters.ts";
import type { Scale } from "./scale.ts";

import { pathOf, type Pen } from "../drawing/svg.ts";

/** What a processor can reach at most: the peak of one thread, times its threads. */
export interface MachinePeak extends Denominator {
  readonly threads: number;
}

/** The least milliseconds that so many mult-adds can take. */
export function floorMs({ gmacs, threads }: MachinePeak, multAdds: number): number {
  return multAdds / 1e6 / (gmacs * threads);
}

/** The peak on as many threads as any of the cells computes on; undefined where no processor computes them. */
export function peakOf(
  peak: Denominator | undefined,
  cells: readonly Pick<SiteCell, "ofPeak">[],
): MachinePeak | undefined {
  const threads = cells.flatMap(({ ofPeak }) => (ofPeak ? [ofPeak.threads] : []));
  return peak && threads.length > 0 ? { ...peak, threads: Math.max(...threads) } : undefined;
}

/** `peak of 2 threads: 118e9 mult-adds/s`, as long as there is room for. */
function peakText({ gmacs, threads }: MachinePeak, room: number): string {
  const figure = `${significant(gmacs * threads)}e9`;
  const texts = [
    `peak of ${howMany(threads, "thread")}: ${figure} mult-adds/s`,
    `peak ${figure} mult-adds/s`,
  ];
  return texts.find((text) => widthOf(text) <= room) ?? `peak ${figure}/s`;
}

/** A share of the peak as tables print it. */
export function shareText(fraction: number | undefined): string {
  return fraction === undefined ? "–" : percent(fraction);
}

/** The share of its lower edge that words have before they meet the line. */
const FLOOR = 0.7;

/** How high the floor must be for words to stand on it, in pixels; on linear axes it mostly is not. */
const LOWEST = 24;
const WITHIN = ({ right, bottom }: Area) => ({ x: right - 6, y: bottom - 8 });
const ABOVE = ({ right, top }: Area) => ({ x: right, y: top - 10 });

/** The line of the peak over a tinted floor: nothing that the processor computes can lie in it. */
export function peakFloor(pen: Pen, area: Area, x: Scale, y: Scale, peak: MachinePeak): SVGElement {
  const [from, to] = [x.kind === "linear" ? 0 : x.domain[0], x.domain[1]];
  const line = [from, to].map((multAdds) => [x.place(multAdds), y.place(floorMs(peak, multAdds))] as const);
  const floor = [...line, [area.right, area.bottom] as const, [area.left, area.bottom] as const];
  const words = peakText(peak, FLOOR * (area.right - area.left));
  const isFlat = area.bottom - y.place(floorMs(peak, to)) < LOWEST;
  return pen("g", { class: "peak" }, [
    pen("path", { d: `${pathOf(floor)}Z`, fill: "var(--line)", "fill-opacity": 0.45 }),
    pen("path", { d: pathOf(line), stroke: "var(--ink)", "stroke-width": 1.5, fill: "none" }),
    pen("text", { ...(isFlat ? ABOVE : WITHIN)(area), "text-anchor": "end", fill: "var(--ink-2)" }, [
      isFlat ? `lowest line: ${words}` : words,
    ]),
  ]);
}
