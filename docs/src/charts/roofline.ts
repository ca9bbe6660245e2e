import { howMany, type Roofline, type RooflinePoint, significant } from "@mobilenet-bench/results";
import {
  symbol,
  symbolAsterisk,
  symbolDiamond2,
  symbolPlus,
  symbolSquare2,
  symbolTriangle2,
  symbolWye,
  type SymbolType,
} from "d3-shape";
import { FAMILIES, markOf } from "../marks/index.ts";
import { emptyNote, xAxis, yAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { widthOf } from "./letters.ts";
import { shareText } from "./peak-floor.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { modelName, rowName } from "./site-cells.ts";
import { at, penOf, type Pen } from "../drawing/svg.ts";

/** What the roofline is drawn from. */
interface CellRoofline extends Roofline {
  readonly cell: { readonly id: string; readonly model: string; readonly backend: string };
}

/** Open shapes, unlike those of engines: what they tell is the type of a layer. */
const SHAPES: ReadonlyMap<string, SymbolType> = new Map([
  ["pointwise", symbolPlus],
  ["depthwise", symbolTriangle2],
  ["convolution", symbolAsterisk],
  ["dense", symbolSquare2],
  ["pool", symbolWye],
]);
const AREA = 60;

/** How many mult-adds per second each layer reaches, over how many it has for each byte that it must move. */
export function roofline(data: CellRoofline, frame: Frame): Chart {
  const { cell, points, peak } = data;
  const pen = penOf(frame.document);
  const height = isWide(frame) ? 400 : 360;
  const area: Area = { left: 48, top: 54, right: frame.width - 16, bottom: height - 44 };
  const x = scaleOf({
    kind: "log",
    values: points.map(({ intensity }) => intensity),
    range: [area.left, area.right],
    ticks: Math.max(3, Math.floor((area.right - area.left) / 56)),
    air: 0.3,
  });
  const y = scaleOf({
    kind: "log",
    values: [...points.map(({ gmacs }) => gmacs), ...(peak ? [peak.gmacs] : [])],
    range: [area.bottom, area.top],
    ticks: 8,
    air: 0.3,
  });
  const types = [...new Set(points.map(({ mainType }) => mainType))];
  const { colour } = FAMILIES[markOf(cell.backend).family];
  const table = tableOf(cell, points);
  const says = wordsOf(data);
  const svg = rootOf(frame, height, { table, says }, [
    legend(pen, types, colour),
    yAxis(pen, area, { scale: y, title: "1e9 mult-adds per second" }),
    xAxis(pen, area, { scale: x, title: "mult-adds per byte" }),
    peak && roof(pen, peak.gmacs, y, area),
    points.length === 0 ? emptyNote(pen, area, "No layer has a place here.") : undefined,
    pen(
      "g",
      { class: "data" },
      points.map((point) =>
        pen(
          "g",
          { "data-datum": point.name, transform: at(x.place(point.intensity), y.place(point.gmacs)) },
          [shape(pen, point.mainType, colour)],
        ),
      ),
    ),
  ]);
  return { svg, table, says };
}

function shape(pen: Pen, type: string, colour: string): SVGElement {
  return pen("path", {
    d: symbol(SHAPES.get(type) ?? symbolDiamond2, AREA)() ?? "",
    fill: "none",
    stroke: colour,
    "stroke-width": 1.75,
  });
}

function legend(pen: Pen, types: readonly string[], colour: string): SVGElement {
  let x = 8;
  const keys = types.map((type) => {
    const key = pen("g", { transform: at(x, 12) }, [
      shape(pen, type, colour),
      pen("text", { x: 12, dy: "0.35em" }, [type]),
    ]);
    x += widthOf(type) + 28;
    return key;
  });
  return pen("g", { class: "legend" }, keys);
}

/** What the threads of the cell can reach at most. The memory's roof is not known. */
function roof(pen: Pen, gmacs: number, y: Scale, { left, right }: Area): SVGElement {
  const place = y.place(gmacs);
  return pen("g", { class: "roof" }, [
    pen("line", { x1: left, x2: right, y1: place, y2: place, stroke: "var(--ink)", "stroke-width": 1.5 }),
    pen("text", { x: right, y: place - 6, "text-anchor": "end" }, [`peak ${significant(gmacs)}`]),
  ]);
}

function tableOf(cell: CellRoofline["cell"], points: readonly RooflinePoint[]): ChartTable {
  return {
    caption: `Roofline of ${modelName(cell)} ${rowName(cell)}`,
    head: ["layer", "type", "mult-adds per byte", "1e9 mult-adds per second", "of peak"],
    rows: points.map(({ name, type, intensity, gmacs, ofPeak }) => [
      name,
      type,
      significant(intensity),
      significant(gmacs),
      shareText(ofPeak),
    ]),
  };
}

function wordsOf({ cell, points, peak, notPlaced }: CellRoofline): string {
  const [first, ...others] = points;
  if (!first) return `${modelName(cell)} ${rowName(cell)}: no layer has a place in the roofline.`;
  const fastest = others.reduce((a, b) => (b.gmacs > a.gmacs ? b : a), first);
  const slowest = others.reduce((a, b) => (b.gmacs < a.gmacs ? b : a), first);
  const words = ({ name, gmacs, ofPeak }: RooflinePoint) =>
    `${name} with ${significant(gmacs)}${ofPeak === undefined ? "" : ` (${shareText(ofPeak)} of the peak)`}`;
  const roofWords = peak
    ? ` The peak of ${howMany(peak.threads, "thread")} is ${significant(peak.gmacs)}.`
    : "";
  const absent = notPlaced.length > 0 ? ` Without a place: ${notPlaced.join(", ")}.` : "";
  return `Of ${howMany(points.length, "layer")}, ${words(fastest)} reaches the most 1e9 mult-adds per second, ${words(slowest)} the least.${roofWords}${absent}`;
}
