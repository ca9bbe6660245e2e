import type { Block } from "@mobilenet-bench/results";
import { FAMILIES, markOf } from "../marks/index.ts";
import { emptyNote, yAxis, type Area } from "./axes.ts";
import {
  BLOCK_HEAD,
  blockRow,
  blockWords,
  cellName,
  clockText,
  CROSS,
  inTime,
  type CellBlocks,
} from "./blocks.ts";
import type { Chart, Frame } from "./chart.ts";
import { widthOf } from "./letters.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, tickText, type Scale } from "./scale.ts";
import { at, penOf, type Pen } from "../drawing/svg.ts";

/** Between two columns, in pixels. */
const GAP = 8;

/**
 * The blocks of a cell as they came: sets side by side, since minutes lie between them, each with its own seconds. A block
 * that is left out is a cross on the axis, since what it says of the cell is nothing.
 */
export function blocksInTime({ cell }: CellBlocks, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const blocks = inTime(cell.blocks);
  const height = isWide(frame) ? 300 : 260;
  const area: Area = { left: 48, top: 30, right: frame.width - 8, bottom: height - 62 };
  const { latency } = cell;
  const y = scaleOf({
    kind: "linear",
    values: [
      ...blocks.flatMap(({ medianMs, excluded }) => (excluded === undefined ? medianMs : [])),
      ...latency.ci95,
    ],
    range: [area.bottom - 8, area.top],
    ticks: 6,
    fromZero: false,
  });
  const columns = columnsOf(blocks, area);
  const { colour } = FAMILIES[markOf(cell.backend).family];
  const table = {
    caption: `Blocks of ${cellName(cell)} in time`,
    head: BLOCK_HEAD,
    rows: blocks.map(blockRow),
  };
  const says = blockWords(cell);
  const [low, high] = latency.ci95.map((end) => y.place(end));
  const band = { top: high ?? area.top, bottom: low ?? area.top };
  const svg = rootOf(frame, height, { table, says }, [
    ...columns.map((column) => ground(pen, column, area)),
    yAxis(pen, area, { scale: y, title: "ms, median of a block (does not begin at 0)" }),
    pen("rect", {
      class: "interval",
      x: area.left,
      width: area.right - area.left,
      y: band.top,
      height: Math.max(1, band.bottom - band.top),
      fill: colour,
      "fill-opacity": 0.15,
    }),
    pen("line", {
      class: "median",
      x1: area.left,
      x2: area.right,
      y1: y.place(latency.median),
      y2: y.place(latency.median),
      stroke: colour,
      "stroke-width": 1.5,
    }),
    pen("text", { x: area.right, y: height - 6, "text-anchor": "end", fill: "var(--ink-2)" }, [
      "s since each set's first block",
    ]),
    blocks.length === 0 ? emptyNote(pen, area, "No block is kept.") : undefined,
    pen(
      "g",
      { class: "data" },
      columns.flatMap(({ members, x }) =>
        members.map((block) => {
          const counts = block.excluded === undefined;
          const place = at(
            x.place(secondsOf(block, members)),
            counts ? y.place(block.medianMs) : area.bottom,
          );
          const key = `${block.set}/${block.round}`;
          return pen("g", { "data-datum": key, transform: place }, [
            counts
              ? pen("circle", { r: 4, fill: colour, stroke: "var(--page)", "stroke-width": 0.75 })
              : pen("path", { d: CROSS, stroke: "var(--look-again)", "stroke-width": 2, fill: "none" }),
          ]);
        }),
      ),
    ),
  ]);
  return { svg, table, says };
}

/** One set: its place, its seconds and its blocks. */
interface Column {
  readonly set: number;
  readonly members: readonly Block[];
  readonly left: number;
  readonly width: number;
  readonly x: Scale;
}

function columnsOf(blocks: readonly Block[], area: Area): Column[] {
  const sets = [...Map.groupBy(blocks, ({ set }) => set)];
  const width = (area.right - area.left - GAP * (sets.length - 1)) / sets.length;
  return sets.map(([set, members], i) => {
    const left = area.left + i * (width + GAP);
    const inset = Math.min(10, width / 4);
    const x = scaleOf({
      kind: "linear",
      values: members.map((block) => secondsOf(block, members)),
      range: [left + inset, left + width - inset],
      ticks: Math.max(1, Math.floor(width / 70)),
      air: 0.02,
    });
    return { set, members, left, width, x };
  });
}

/** 0 where the clock was set back meanwhile. */
function secondsOf({ startedAt }: Block, [first]: readonly Block[]): number {
  return first ? Math.max(0, Date.parse(startedAt) - Date.parse(first.startedAt)) / 1000 : 0;
}

/** A band with its seconds beneath and what it is called; names that do not fit are left out. */
function ground(pen: Pen, { set, members, left, width, x }: Column, { top, bottom }: Area): SVGElement {
  const [first] = members;
  const long = `set ${set + 1}, ${first ? clockText(first.startedAt) : ""} UTC`;
  const name = [long, `set ${set + 1}`, `${set + 1}`].find((words) => widthOf(words) <= width) ?? "";
  return pen("g", { class: "set" }, [
    pen("rect", { x: left, width, y: top, height: bottom - top, fill: "var(--surface)" }),
    pen("line", { x1: left, x2: left + width, y1: bottom, y2: bottom, stroke: "var(--rule)" }),
    ...x.ticks.map((tick) =>
      pen("text", { x: x.place(tick), y: bottom + 17, "text-anchor": "middle", fill: "var(--ink-3)" }, [
        tickText(tick),
      ]),
    ),
    pen("text", { x: left + width / 2, y: bottom + 35, "text-anchor": "middle", fill: "var(--ink-2)" }, [
      name,
    ]),
  ]);
}
