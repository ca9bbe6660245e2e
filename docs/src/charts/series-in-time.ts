import {
  type EnvironmentChange,
  howMany,
  parseCellId,
  rowId,
  type RunsPoint,
  type Series,
  seriesLevels,
  significant,
  thinnedPoints,
} from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { at, penOf, type Pen } from "../drawing/svg.ts";
import { FAMILIES, markOf } from "../marks/index.ts";
import { emptyNote, xAxis, yAxis, type Area } from "./axes.ts";
import type { Chart, Frame } from "./chart.ts";
import { shortened } from "./letters.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { markersOf, type SeriesMarker } from "./series-markers.ts";
import { shortRow } from "./site-cells.ts";
import { dayText, timeScale } from "./time-scale.ts";

/** What is drawn of one cell over runs. */
export interface CellSeries {
  readonly series: Series;
  /** Of this series. */
  readonly environment: readonly EnvironmentChange[];
}

/** More dots than these are a stain. */
const MOST_DOTS = 400;
/** Of the list beneath the plot. */
const LINE = 18;
/** The newest markers are told; more would be a drawing of a list. */
const MOST_MARKERS = 12;
/** Room at the right for half of the last day. */
const DAY_ROOM = 36;

/**
 * One cell over runs, without what the machine did to all: a dot for each run, a line for each level, and numbered markers where the
 * level changed (solid) or the environment alone (dashed), told beneath.
 */
export function seriesInTime({ series, environment }: CellSeries, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const [dots, levels] = [thinnedPoints(series, MOST_DOTS), seriesLevels(series)];
  const markers = markersOf(series, environment).slice(-MOST_MARKERS);
  const plot = isWide(frame) ? 320 : 260;
  const height = plot + markers.length * LINE + (markers.length > 0 ? 8 : 0);
  const area: Area = { left: 48, top: 62, right: frame.width - DAY_ROOM, bottom: plot - 44 };
  const y = scaleOf({
    kind: "linear",
    values: dots.map(({ ownMs }) => ownMs),
    range: [area.bottom - 8, area.top],
    ticks: 6,
    fromZero: false,
  });
  const x = timeScale(
    dots.map(({ moment }) => moment),
    [area.left + 8, area.right],
    Math.max(2, Math.floor((area.right - area.left) / 120)),
  );
  const { colour } = FAMILIES[markOf(parseCellId(series.cell).backend).family];
  const table = {
    caption: `${nameOf(series)} over runs`,
    head: ["day", "ms", "ms, its own", "runs"],
    rows: dots.map(({ moment, ms, ownMs, runs }) => [
      dayText(moment),
      significant(ms),
      significant(ownMs),
      String(runs),
    ]),
  };
  const simulated = simulatedWords(series);
  const says = [wordsOf(series, dots, markers), simulated].filter((words) => words !== "").join(" ");
  const svg = rootOf(frame, height, { table, says }, [
    simulated.length === 0
      ? undefined
      : pen("text", { x: frame.width, y: 14, "text-anchor": "end", fill: "var(--look-again)" }, [simulated]),
    // The title stands above the numbers of markers.
    yAxis(
      pen,
      { ...area, top: area.top - 26 },
      { scale: y, title: "ms, without what the machine did (does not begin at 0)" },
    ),
    xAxis(pen, area, { scale: x, title: "day of the run", tick: dayText }),
    dots.length === 0 ? emptyNote(pen, area, "No run has a figure.") : undefined,
    ...markers.map((marker, i) => markerLine(pen, marker, { number: i + 1, x, area })),
    ...levels.map(({ from, to, ownMs }) =>
      pen("line", {
        class: "level",
        x1: x.place(from),
        x2: x.place(to),
        y1: y.place(ownMs),
        y2: y.place(ownMs),
        stroke: colour,
        "stroke-width": 1.5,
      }),
    ),
    pen(
      "g",
      { class: "data" },
      dots.map(({ moment, ownMs }, i) =>
        pen("g", { "data-datum": `${moment}/${i}`, transform: at(x.place(moment), y.place(ownMs)) }, [
          pen("circle", { r: 2.5, fill: colour, "fill-opacity": 0.6 }),
        ]),
      ),
    ),
    ...markers.map(({ words }, i) =>
      pen("text", { x: 0, y: plot + LINE * (i + 0.75), fill: "var(--ink-2)" }, [
        shortened(`${i + 1}  ${words}`, frame.width),
      ]),
    ),
  ]);
  return { svg, table, says };
}

function markerLine(
  pen: Pen,
  { moment, isChange }: SeriesMarker,
  { number, x, area }: { readonly number: number; readonly x: Scale; readonly area: Area },
): SVGElement {
  const place = x.place(moment);
  return pen("g", { class: isChange ? "change" : "environment" }, [
    pen("line", {
      x1: place,
      x2: place,
      y1: area.top - 26,
      y2: area.bottom,
      stroke: isChange ? "var(--look-again)" : "var(--rule)",
      "stroke-dasharray": isChange ? undefined : "3 3",
    }),
    // Above the data; the numbers of two markers that are close would cover each other in one line.
    pen("text", { x: place + 3, y: area.top - 4 - 12 * ((number - 1) % 2), fill: "var(--ink-2)" }, [
      String(number),
    ]),
  ]);
}

/** `1.0_224 wasm` */
function nameOf({ cell }: Series): string {
  return `${shortModelName(parseCellId(cell).model)} ${shortRow(rowId({ id: cell }))}`;
}

function simulatedWords({ points }: Series): string {
  return points.some(({ run }) => run.simulated !== undefined) ? "SIMULATED: nothing was measured." : "";
}

function wordsOf(series: Series, dots: readonly RunsPoint[], markers: readonly SeriesMarker[]): string {
  const [first, last] = [dots.at(0), dots.at(-1)];
  if (!first || !last) return `${nameOf(series)}: no run has a figure.`;
  const { points, changes } = series;
  const spread = `${significant(first.ownMs)} ms at first, ${significant(last.ownMs)} ms at last`;
  const told = markers.filter(({ isChange }) => isChange).map(({ words }) => words);
  return [
    `${nameOf(series)} over ${howMany(points.length, "run")}, from ${dayText(first.moment)} to ${dayText(last.moment)}: ${spread}, without what the machine did.`,
    changes.length === 0
      ? "Its level did not change."
      : `Its level changed ${howMany(changes.length, "time")}: ${told.join("; ")}.`,
  ].join(" ");
}
