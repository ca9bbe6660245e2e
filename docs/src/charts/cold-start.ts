import { type ColdStart, coldStartMs, howMany, significant } from "@mobilenet-bench/results";
import { keyMarks, markOf } from "../marks/index.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { emptyNote, xAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { shortened, widthOf } from "./letters.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { modelName, rowName } from "./site-cells.ts";
import { at, penOf, type Pen } from "../drawing/svg.ts";

/** One cell, of a page or of a run file. */
interface StartingCell {
  readonly id: string;
  readonly model: string;
  readonly backend: string;
  readonly coldStart?: Readonly<ColdStart>;
}

/** What the chart of cold starts is drawn from; cells that have none are counted and not drawn. */
interface ColdStarts {
  readonly cells: readonly StartingCell[];
}

type Started = StartingCell & { readonly coldStart: Readonly<ColdStart> };

/** In the order in which they happen; greys, since colours are families'. */
const PARTS = [
  { key: "importMs", name: "import", fill: "var(--ink-2)" },
  { key: "loadMs", name: "load", fill: "var(--rule)" },
  { key: "firstInferenceMs", name: "first inference", fill: "var(--line)" },
] as const;

const ROW = 30;
const BAR = 14;
const KEY = 32;
const SUM = 56;

/** From nothing to the first answer: three lengths one after the other, the quickest cell first. */
export function coldStart({ cells: given }: ColdStarts, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const cells = given
    .filter(isStarted)
    .toSorted((a, b) => coldStartMs(a.coldStart) - coldStartMs(b.coldStart));
  const several = new Set(cells.map(({ model }) => model)).size > 1;
  const name = (cell: StartingCell) => (several ? `${modelName(cell)} ${rowName(cell)}` : rowName(cell));
  const names = Math.min(isWide(frame) ? 220 : 136, Math.max(0, ...cells.map((cell) => widthOf(name(cell)))));
  const area: Area = {
    left: KEY + names + 10,
    top: 34,
    right: frame.width - SUM,
    bottom: 34 + Math.max(2, cells.length) * ROW,
  };
  const scale = scaleOf({
    kind: "linear",
    values: cells.map((cell) => coldStartMs(cell.coldStart)),
    range: [area.left, area.right],
    ticks: Math.max(2, Math.floor((area.right - area.left) / 80)),
    air: 0,
  });
  const sums = alignedOnPoint(cells.map((cell) => significant(coldStartMs(cell.coldStart))));
  const table = tableOf(cells);
  const says = wordsOf(cells, given.length - cells.length);
  const svg = rootOf(frame, area.bottom + 44, { table, says }, [
    legend(pen),
    cells.length === 0 ? emptyNote(pen, area, "No cold start was measured.") : undefined,
    pen(
      "g",
      { class: "data" },
      cells.map((cell, i) =>
        bar(pen, cell, {
          y: area.top + (i + 0.5) * ROW,
          edge: frame.width,
          scale,
          name: shortened(name(cell), names),
          sum: sums[i] ?? "",
        }),
      ),
    ),
    xAxis(pen, area, { scale, title: "ms" }),
  ]);
  return { svg, table, says };
}

function isStarted(cell: StartingCell): cell is Started {
  return cell.coldStart !== undefined;
}

function legend(pen: Pen): SVGElement {
  let x = 0;
  const keys = PARTS.map(({ name, fill }) => {
    const key = pen("g", { transform: at(x, 4) }, [
      pen("rect", { width: 12, height: 12, fill, stroke: "var(--rule)" }),
      pen("text", { x: 18, y: 10 }, [name]),
    ]);
    x += widthOf(name) + 36;
    return key;
  });
  return pen("g", { class: "legend" }, keys);
}

interface Bar {
  readonly y: number;
  readonly edge: number;
  readonly scale: Scale;
  readonly name: string;
  readonly sum: string;
}

function bar(pen: Pen, cell: Started, { y, edge, scale, name, sum }: Bar): SVGElement {
  const left = scale.place(0);
  let done = 0;
  const parts = PARTS.map(({ key, fill }) => {
    const from = scale.place(done);
    done += cell.coldStart[key];
    const width = scale.place(done) - from;
    return pen("rect", { x: from - left, y: -BAR / 2, width, height: BAR, fill, stroke: "var(--rule)" });
  });
  return pen("g", { "data-datum": cell.id, transform: at(left, y) }, [
    pen("g", { transform: at(-left, -8) }, keyMarks(pen, markOf(cell.backend))),
    pen("text", { x: KEY - left, dy: "0.35em" }, [name]),
    ...parts,
    pen("text", { x: edge - left, dy: "0.35em", "text-anchor": "end" }, [sum]),
  ]);
}

function tableOf(cells: readonly Started[]): ChartTable {
  return {
    caption: "Cold start: from nothing to the first answer",
    head: ["model", "backend", "import ms", "load ms", "first inference ms", "in all ms"],
    rows: cells.map((cell) => [
      modelName(cell),
      rowName(cell),
      ...PARTS.map(({ key }) => significant(cell.coldStart[key])),
      significant(coldStartMs(cell.coldStart)),
    ]),
  };
}

function wordsOf(cells: readonly Started[], without: number): string {
  const [first] = cells;
  const last = cells.at(-1);
  if (!first || !last) return "No cold start was measured.";
  const words = (cell: Started) => `${rowName(cell)} with ${significant(coldStartMs(cell.coldStart))} ms`;
  const absent = without > 0 ? ` ${howMany(without, "cell")} without a figure.` : "";
  if (first === last) return `${longestPart(first)}${absent}`;
  return `${howMany(cells.length, "cell")}: the lowest median is that of ${words(first)}, the highest that of ${words(last)}.${absent}`;
}

/** Of one cell alone: what takes most of it. */
function longestPart(cell: Started): string {
  const most = PARTS.reduce((a, b) => (cell.coldStart[b.key] > cell.coldStart[a.key] ? b : a));
  return `${rowName(cell)} starts in ${significant(coldStartMs(cell.coldStart))} ms; most of it, ${significant(cell.coldStart[most.key])} ms, is ${most.name}.`;
}
