import { millions, percent, significant, type LayerRow } from "@mobilenet-bench/results";
import { FAMILIES, markOf } from "../marks/index.ts";
import { emptyNote, xAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { shortened, widthOf } from "./letters.ts";
import { shareText } from "./peak-floor.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { modelName, rowName } from "./site-cells.ts";
import { at, penOf, type Pen } from "../drawing/svg.ts";

/** What the chart of layers is drawn from. */
interface LayerBars {
  readonly cell: { readonly id: string; readonly model: string; readonly backend: string };
  /** In the order of the network. */
  readonly layers: readonly LayerRow[];
  /** The network's own where none is named. */
  readonly order?: "network" | "time";
}

const ROW = 26;
const BAR = 8;
const PEAK = 44;

/**
 * Each layer's share of the time above its share of the mult-adds, from 0: where the first is longer, mult-adds are dearer
 * there than elsewhere. At the end of the row, what it reaches of the peak.
 */
export function layerBars({ cell, layers: given, order = "network" }: LayerBars, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const layers = order === "time" ? given.toSorted((a, b) => b.ms - a.ms) : given;
  const peaks = layers.some(({ ofPeak }) => ofPeak !== undefined) ? PEAK : 0;
  const names = Math.min(
    isWide(frame) ? 260 : 152,
    Math.max(0, ...layers.map(({ name }) => widthOf(shortLayer(name)))),
  );
  const top = 44;
  const area: Area = {
    left: names + 10,
    top,
    right: frame.width - peaks - 14,
    bottom: top + Math.max(2, layers.length) * ROW,
  };
  const scale = scaleOf({
    kind: "linear",
    values: layers.flatMap(({ shareOfTime, shareOfMultAdds }) => [shareOfTime, shareOfMultAdds]),
    range: [area.left, area.right],
    ticks: Math.max(2, Math.floor((area.right - area.left) / 80)),
    air: 0,
  });
  const { colour } = FAMILIES[markOf(cell.backend).family];
  const table = tableOf(cell, layers);
  const says = wordsOf(cell, layers);
  const svg = rootOf(frame, area.bottom + 44, { table, says }, [
    legend(pen, colour),
    peaks > 0
      ? pen("text", { x: frame.width, y: 34, "text-anchor": "end", fill: "var(--ink-2)" }, ["of peak"])
      : undefined,
    layers.length === 0 ? emptyNote(pen, area, "The time of its layers is not known.") : undefined,
    pen(
      "g",
      { class: "data" },
      layers.map((layer, i) =>
        row(pen, layer, area.top + (i + 0.5) * ROW, { area, scale, colour, names, edge: frame.width, peaks }),
      ),
    ),
    xAxis(pen, area, {
      scale,
      title: "% of the whole",
      tick: (value) => String(Math.round(value * 1000) / 10),
    }),
  ]);
  return { svg, table, says };
}

/** What numbered layers share is left out, of fused ones twice: `1_depthwise+pointwise`. Tables have the whole name. */
function shortLayer(name: string): string {
  const [first = "", ...others] = name.split("+");
  const shared = first.slice(0, first.lastIndexOf("_") + 1);
  const rest = others.map((other) => (other.startsWith(shared) ? other.slice(shared.length) : other));
  return [first, ...rest].join("+").replace(/^Conv2d_(?=\d+_)/, "");
}

function legend(pen: Pen, colour: string): SVGElement {
  return pen("g", { class: "legend" }, [
    pen("rect", { x: 0, y: 4, width: 24, height: BAR, fill: colour }),
    pen("text", { x: 32, y: 12 }, ["time"]),
    pen("rect", { x: 80, y: 4, width: 24, height: BAR, fill: "var(--rule)" }),
    pen("text", { x: 112, y: 12 }, ["mult-adds"]),
  ]);
}

function row(
  pen: Pen,
  layer: LayerRow,
  y: number,
  place: {
    readonly area: Area;
    readonly scale: Scale;
    readonly colour: string;
    readonly names: number;
    readonly edge: number;
    readonly peaks: number;
  },
): SVGElement {
  const { area, scale, colour, names, edge, peaks } = place;
  const left = scale.place(0);
  return pen("g", { "data-datum": layer.name, transform: at(left, y) }, [
    pen("text", { x: -left, dy: "0.35em" }, [shortened(shortLayer(layer.name), names)]),
    pen("rect", { y: -BAR - 1, width: scale.place(layer.shareOfTime) - left, height: BAR, fill: colour }),
    pen("rect", { y: 1, width: scale.place(layer.shareOfMultAdds) - left, height: BAR, fill: "var(--rule)" }),
    peaks > 0
      ? pen("text", { x: edge - left, dy: "0.35em", "text-anchor": "end", fill: "var(--ink-2)" }, [
          shareText(layer.ofPeak),
        ])
      : undefined,
    pen("line", { x1: 0, x2: area.right - left, y1: ROW / 2, y2: ROW / 2, stroke: "var(--line)" }),
  ]);
}

function tableOf(cell: LayerBars["cell"], layers: readonly LayerRow[]): ChartTable {
  return {
    caption: `Layers of ${modelName(cell)} ${rowName(cell)}: time beside mult-adds`,
    head: ["layer", "type", "ms", "% of time", "M mult-adds", "% of mult-adds", "of peak"],
    rows: layers.map(({ name, type, ms, shareOfTime, multAdds, shareOfMultAdds, ofPeak }) => [
      name,
      type,
      significant(ms),
      percent(shareOfTime, 1),
      millions(multAdds),
      percent(shareOfMultAdds, 1),
      shareText(ofPeak),
    ]),
  };
}

function wordsOf(cell: LayerBars["cell"], layers: readonly LayerRow[]): string {
  const [first, ...others] = layers;
  if (!first) return `${modelName(cell)} ${rowName(cell)}: the time of its layers is not known.`;
  const slowest = others.reduce((a, b) => (b.ms > a.ms ? b : a), first);
  const byType = [...Map.groupBy(layers, ({ type }) => type)]
    .map(([type, members]) => ({ type, ofTime: members.reduce((sum, layer) => sum + layer.shareOfTime, 0) }))
    .toSorted((a, b) => b.ofTime - a.ofTime);
  const types = byType.map(({ type, ofTime }) => `${type} ${percent(ofTime)}`).join(", ");
  const peak = slowest.ofPeak === undefined ? "" : ` at ${percent(slowest.ofPeak)} of the peak`;
  return `The slowest of ${layers.length} layers is ${slowest.name} with ${significant(slowest.ms)} ms, ${percent(slowest.shareOfTime)} of the time for ${percent(slowest.shareOfMultAdds)} of the mult-adds${peak}. Of the time: ${types}.`;
}
