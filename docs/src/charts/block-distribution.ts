import type { Block } from "@mobilenet-bench/results";
import { FAMILIES, markOf } from "../marks/index.ts";
import { emptyNote, xAxis, type Area } from "./axes.ts";
import { BLOCK_HEAD, blockRow, blockWords, cellName, CROSS, type CellBlocks } from "./blocks.ts";
import type { Chart, Frame } from "./chart.ts";
import { rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { at, penOf, rounded, type Pen } from "../drawing/svg.ts";

/** The width of a dot, and of what it stands on. */
const DOT = 8;
const RUG = 10;
/** As high as the highest stack, between these; in pixels. */
const [LEAST_HIGH, MOST_HIGH] = [64, 220];

/**
 * How the blocks of a cell are distributed: one dot for each, on top of another where they would overlap; the median and
 * its interval; the samples as a rug beneath. Blocks that are left out stand in a row of their own at the top.
 */
export function blockDistribution({ cell }: CellBlocks, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const blocks = cell.blocks.toSorted((a, b) => a.medianMs - b.medianMs);
  const samples = blocks.flatMap(({ excluded, samplesMs = [] }) => (excluded === undefined ? samplesMs : []));
  const rug = samples.length > 0 ? RUG + 6 : 0;
  const [left, right] = [16, frame.width - 16];
  const x = scaleOf({
    kind: "linear",
    values: [...blocks.map(({ medianMs }) => medianMs), ...samples, ...cell.latency.ci95],
    range: [left + DOT, right - DOT],
    ticks: Math.max(2, Math.floor((right - left) / 70)),
    fromZero: false,
  });
  const stacks = stacksOf(blocks, x);
  const dots = Math.min(MOST_HIGH, Math.max(LEAST_HIGH, (highestOf(stacks) + 1) * DOT));
  const area: Area = { left, top: 34, right, bottom: 34 + dots };
  const height = area.bottom + rug + 48;
  const { colour } = FAMILIES[markOf(cell.backend).family];
  const table = {
    caption: `Blocks of ${cellName(cell)} by their medians`,
    head: BLOCK_HEAD,
    rows: blocks.map(blockRow),
  };
  const says = blockWords(cell);
  const places = dotPlaces(stacks, area);
  const svg = rootOf(frame, height, { table, says }, [
    ...middle(pen, cell.latency, x, area, colour),
    rug > 0 ? rugOf(pen, samples, x, area.bottom + 4) : undefined,
    xAxis(
      pen,
      { ...area, bottom: area.bottom + rug },
      {
        scale: x,
        title: "ms per inference (does not begin at 0)",
      },
    ),
    blocks.some(({ excluded }) => excluded !== undefined)
      ? pen("text", { x: 0, y: 12, fill: "var(--ink-2)" }, ["× left out"])
      : undefined,
    blocks.length === 0 ? emptyNote(pen, area, "No block is kept.") : undefined,
    pen(
      "g",
      { class: "data" },
      blocks.map((block) => {
        const { x: left, y } = places.get(block) ?? { x: area.left, y: area.bottom };
        return pen("g", { "data-datum": `${block.set}/${block.round}`, transform: at(left, y) }, [
          block.excluded === undefined
            ? pen("circle", { r: DOT / 2, fill: colour, stroke: "var(--page)", "stroke-width": 0.75 })
            : pen("path", { d: CROSS, stroke: "var(--look-again)", "stroke-width": 2, fill: "none" }),
        ]);
      }),
    ),
  ]);
  return { svg, table, says };
}

/** Where a dot stands: how far from the left in pixels, and on how many others; -1 where it is left out. */
type Stacks = ReadonlyMap<Block, { readonly x: number; readonly level: number }>;

/**
 * Each stands on the highest that it would touch.
 * @param blocks by their medians
 */
function stacksOf(blocks: readonly Block[], x: Scale): Stacks {
  const stacks = new Map<Block, { readonly x: number; readonly level: number }>();
  let [stackLeft, level] = [-Infinity, 0];
  for (const block of blocks) {
    const left = x.place(block.medianMs);
    if (block.excluded !== undefined) {
      stacks.set(block, { x: left, level: -1 });
      continue;
    }
    if (left - stackLeft < DOT) level++;
    else [stackLeft, level] = [left, 0];
    // In a stack all stand at its first one's place: a dot is off by less than its own width.
    stacks.set(block, { x: stackLeft, level });
  }
  return stacks;
}

function highestOf(stacks: Stacks): number {
  return Math.max(1, ...[...stacks.values()].map(({ level }) => level + 1));
}

/** Where there are very many, closer. */
function dotPlaces(stacks: Stacks, { top, bottom }: Area) {
  const step = Math.min(DOT, (bottom - top - DOT) / highestOf(stacks));
  return new Map(
    Array.from(
      stacks,
      ([block, { x, level }]) => [block, { x, y: level < 0 ? 18 : bottom - DOT / 2 - level * step }] as const,
    ),
  );
}

/** The median as a line, its interval as a band behind it. */
function middle(
  pen: Pen,
  { median, ci95 }: { readonly median: number; readonly ci95: readonly [number, number] },
  x: Scale,
  { top, bottom }: Area,
  colour: string,
): SVGElement[] {
  const [low, high, middleX] = [x.place(ci95[0]), x.place(ci95[1]), x.place(median)];
  return [
    pen("rect", {
      class: "interval",
      x: low,
      width: Math.max(1, high - low),
      y: top,
      height: bottom - top,
      fill: colour,
      "fill-opacity": 0.15,
    }),
    pen("line", {
      class: "median",
      x1: middleX,
      x2: middleX,
      y1: top,
      y2: bottom,
      stroke: colour,
      "stroke-width": 1.5,
    }),
  ];
}

/** One path for all: there may be thousands, and those in one half of a pixel are one. */
function rugOf(pen: Pen, samples: readonly number[], x: Scale, top: number): SVGElement {
  const places = new Set(samples.map((sample) => Math.round(x.place(sample) * 2) / 2));
  return pen("path", {
    class: "samples",
    d: Array.from(places, (place) => `M${rounded(place)} ${rounded(top)}v${RUG}`).join(""),
    stroke: "var(--ink-3)",
    "stroke-opacity": 0.6,
    fill: "none",
  });
}
