import type { Fit } from "@mobilenet-bench/results";
import { lineOf, markOf } from "../marks/index.ts";
import type { Scale } from "./scale.ts";
import type { Figured } from "./site-cells.ts";
import { pathOf, type Pen } from "../drawing/svg.ts";

/** On logarithmic axes a straight line is a curve: of so many pieces. */
const PIECES = 24;

/** A fitted line over the range of its own cells, where it says something, in the family's dash. */
export function fitLine(
  pen: Pen,
  { slope, intercept }: Fit,
  cells: readonly Figured[],
  x: Scale,
  y: Scale,
): SVGElement | undefined {
  const [first] = cells;
  if (!first) return undefined;
  const multAdds = cells.map((cell) => cell.multAdds);
  const [least, most] = [Math.min(...multAdds), Math.max(...multAdds)];
  const [low, high] = y.domain;
  const points = Array.from({ length: PIECES + 1 }, (_, i) => least * (most / least) ** (i / PIECES))
    .map((value) => ({ value, ms: intercept + (slope * value) / 1e9 }))
    .filter(({ ms }) => ms >= low && ms <= high)
    .map(({ value, ms }) => [x.place(value), y.place(ms)] as const);
  if (points.length < 2) return undefined;
  return pen("path", { class: "fit", d: pathOf(points), ...lineOf(markOf(first.backend).family) });
}
