import {
  howMany,
  type MemoryRoof,
  type Roofline,
  type RooflinePoint,
  significant,
} from "@mobilenet-bench/results";
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
import { emptyNote, ON_GROUND, xAxis, yAxis, type Area } from "./axes.ts";
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

/**
 * How many mult-adds per second each layer reaches, over how many it has for each byte that it must move: below a flat roof, the
 * peak, and below sloping ones, what memory and cache can deliver, where they are known.
 */
export function roofline(data: CellRoofline, frame: Frame): Chart {
  const { cell, points, peak, memoryRoofs = [] } = data;
  const pen = penOf(frame.document);
  const height = isWide(frame) ? 400 : 360;
  const area: Area = { left: 48, top: 54, right: frame.width - 16, bottom: height - 44 };
  const x = scaleOf({
    kind: "log",
    values: [...points.map(({ intensity }) => intensity), ...memoryRoofs.map(({ ridge }) => ridge)],
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
  const table = tableOf(data);
  const says = wordsOf(data);
  const svg = rootOf(frame, height, { table, says }, [
    legend(pen, types, colour),
    yAxis(pen, area, { scale: y, title: "1e9 mult-adds per second" }),
    xAxis(pen, area, { scale: x, title: "mult-adds per byte" }),
    ...memoryRoofs.map((one, i) => slope(pen, one, { x, y, area, depth: memoryRoofs.length - 1 - i })),
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

const ROOF_NAMES: Readonly<Record<NonNullable<RooflinePoint["roof"]>["of"], string>> = {
  peak: "peak",
  memory: "memory",
  cache: "level-2 cache",
};

/** From a ridge down to the words left of its slope, the same again for each roof that begins further left, and to the slope. */
const WORDS = { below: 16, next: 18, beside: 8 } as const;

/** From where it enters the plot to its ridge. On scales that are both logarithmic it is straight. */
function slope(
  pen: Pen,
  { of, gigabytesPerSecond, ridge }: MemoryRoof,
  place: {
    readonly x: Scale;
    readonly y: Scale;
    readonly area: Area;
    /** How many roofs begin further left: their words stand above. */
    readonly depth: number;
  },
): SVGElement {
  const { x, y, area, depth } = place;
  const from = Math.min(ridge, Math.max(x.domain[0], y.domain[0] / gigabytesPerSecond));
  const begin = { x: x.place(from), y: y.place(from * gigabytesPerSecond) };
  const end = { x: x.place(ridge), y: y.place(ridge * gigabytesPerSecond) };
  const down = WORDS.below + depth * WORDS.next;
  // Where nothing of it is seen, it has no height.
  const across = begin.y > end.y ? (down * (end.x - begin.x)) / (begin.y - end.y) : 0;
  const words = `${ROOF_NAMES[of]} ${significant(gigabytesPerSecond)} GB/s`;
  return pen("g", { class: `slope ${of}` }, [
    pen("line", {
      x1: begin.x,
      y1: begin.y,
      x2: end.x,
      y2: end.y,
      stroke: "var(--ink)",
      "stroke-width": 1.5,
      ...(of === "cache" && { "stroke-dasharray": "4 3" }),
    }),
    pen(
      "text",
      {
        x: Math.max(area.left + widthOf(words), end.x - across - WORDS.beside),
        y: end.y + down,
        "text-anchor": "end",
        ...ON_GROUND,
      },
      [words],
    ),
  ]);
}

/** What the threads of the cell can reach at most. */
function roof(pen: Pen, gmacs: number, y: Scale, { left, right }: Area): SVGElement {
  const place = y.place(gmacs);
  return pen("g", { class: "roof" }, [
    pen("line", { x1: left, x2: right, y1: place, y2: place, stroke: "var(--ink)", "stroke-width": 1.5 }),
    pen("text", { x: right, y: place - 6, "text-anchor": "end" }, [`peak ${significant(gmacs)}`]),
  ]);
}

function tableOf({ cell, points, memoryRoofs }: CellRoofline): ChartTable {
  const withRoofs = memoryRoofs !== undefined;
  return {
    caption: `Roofline of ${modelName(cell)} ${rowName(cell)}`,
    head: [
      "layer",
      "type",
      "mult-adds per byte",
      "1e9 mult-adds per second",
      "of peak",
      ...(withRoofs ? ["lowest roof", "of that roof"] : []),
    ],
    rows: points.map(({ name, type, intensity, gmacs, ofPeak, roof: lowest }) => [
      name,
      type,
      significant(intensity),
      significant(gmacs),
      shareText(ofPeak),
      ...(withRoofs ? [lowest === undefined ? "" : ROOF_NAMES[lowest.of], shareText(lowest?.share)] : []),
    ]),
  };
}

function wordsOf(data: CellRoofline): string {
  const { cell, points, peak, notPlaced } = data;
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
  return `Of ${howMany(points.length, "layer")}, ${words(fastest)} reaches the most 1e9 mult-adds per second, ${words(slowest)} the least.${roofWords}${boundWords(data)}${absent}`;
}

/** So many layers are named; of more, how many they are. */
const MOST_NAMED = 4;

/** Which layers lie under which roof. */
function boundWords({ points, memoryRoofs }: CellRoofline): string {
  const [lowest] = memoryRoofs ?? [];
  if (lowest === undefined) return "";
  const under = points.filter(({ roof: own }) => own?.of === lowest.of);
  const name = ROOF_NAMES[lowest.of];
  const beyond = under.filter(({ roof: own }) => (own?.share ?? 0) > 1).length;
  const named =
    under.length > 0 && under.length <= MOST_NAMED ? ` (${under.map((one) => one.name).join(", ")})` : "";
  const nearer = beyond > 0 ? ` Above 100 % of it: ${beyond} of these, whose bytes came from nearer by.` : "";
  return ` Below ${significant(lowest.ridge)} mult-adds per byte the ${name} is the lower roof (${significant(lowest.gigabytesPerSecond)} GB/s): ${under.length} of ${howMany(points.length, "layer")} lie there${named}.${nearer} Bytes are input, weights and output once each, the least that a layer moves.`;
}
