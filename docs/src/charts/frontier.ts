import {
  budgetText,
  type Choice,
  fitOf,
  howMany,
  intervalText,
  millions,
  type Offer,
  significant,
} from "@mobilenet-bench/results";
import { keyMarks, markOf, shapeOf } from "../marks/index.ts";
import { emptyNote, ON_GROUND, xAxis, yAxis, type Area } from "./axes.ts";
import type { Chart, ChartTable, Frame } from "./chart.ts";
import { intervalRule } from "./interval-rule.ts";
import { shortened } from "./letters.ts";
import { isWide, rootOf } from "./root.ts";
import { scaleOf, type Scale } from "./scale.ts";
import { modelName, rowName } from "./site-cells.ts";
import { at, pathOf, penOf, type Pen } from "../drawing/svg.ts";

/** What was chosen among, and what was chosen. */
interface Frontier {
  readonly choice: Choice;
}

/** Room for the name of what was chosen, above the plot. */
const TOP = 54;

/**
 * Published top-1 accuracy over measured latency: a mark for every offer, the best that each latency gets as a step line, and
 * the budget as a rule. What misses the budget is faint; an interval that crosses the rule may miss it.
 */
export function frontier({ choice }: Frontier, frame: Frame): Chart {
  const pen = penOf(frame.document);
  const { offers, budget } = choice;
  const height = isWide(frame) ? 440 : 380;
  const area: Area = { left: 44, top: TOP, right: frame.width - 16, bottom: height - 44 };
  const limit = budget.latencyMs;
  const x = scaleOf({
    kind: "log",
    values: [
      ...offers.flatMap(({ latencyMs, ci95 }) => [latencyMs, ...ci95]),
      ...(limit === undefined ? [] : [limit]),
    ],
    range: [area.left, area.right],
    ticks: Math.max(3, Math.floor((area.right - area.left) / 56)),
  });
  const y = scaleOf({
    kind: "linear",
    values: offers.map(({ top1 }) => top1),
    // Beneath the least accurate the budget is named.
    range: [area.bottom - 24, area.top + 4],
    ticks: 6,
    fromZero: false,
  });
  const table = tableOf(choice);
  const says = wordsOf(choice);
  const svg = rootOf(frame, height, { table, says }, [
    yAxis(pen, area, { scale: y, title: "% published top-1 (does not begin at 0)" }),
    xAxis(pen, area, { scale: x, title: "median ms" }),
    stepLine(pen, offers, x, y, area),
    limit === undefined ? undefined : budgetRule(pen, limit, budgetText({ latencyMs: limit }), x, area),
    offers.length === 0 ? emptyNote(pen, area, "No cell to choose among.") : undefined,
    pen(
      "g",
      { class: "data" },
      offers.map((offer) => datum(pen, offer, choice, x, y)),
    ),
    chosen(pen, choice, x, y, frame),
  ]);
  return { svg, table, says };
}

function datum(pen: Pen, offer: Offer, choice: Choice, x: Scale, y: Scale): SVGElement {
  const { cell, latencyMs, ci95, top1 } = offer;
  const mark = markOf(cell.backend);
  const place = x.place(latencyMs);
  return pen(
    "g",
    {
      "data-datum": cell.id,
      transform: at(place, y.place(top1)),
      opacity: fitOf(offer, choice.budget) === "misses" ? 0.4 : undefined,
    },
    [intervalRule(pen, mark, ci95, x, place, "horizontal"), ...shapeOf(pen, mark, "competes")],
  );
}

/** At every latency the most accurate of what is surely as fast: by the upper ends of intervals, as choices are made. */
export function frontierOf(offers: readonly Offer[]): Offer[] {
  const steps: Offer[] = [];
  for (const offer of offers.toSorted((a, b) => a.ci95[1] - b.ci95[1] || b.top1 - a.top1))
    if (offer.top1 > (steps.at(-1)?.top1 ?? -Infinity)) steps.push(offer);
  return steps;
}

function stepLine(
  pen: Pen,
  offers: readonly Offer[],
  x: Scale,
  y: Scale,
  area: Area,
): SVGElement | undefined {
  const steps = frontierOf(offers);
  if (steps.length === 0) return undefined;
  const corners = steps.flatMap(({ ci95, top1 }, i) => {
    const left = x.place(ci95[1]);
    const before = steps[i - 1];
    return [[left, before ? y.place(before.top1) : area.bottom] as const, [left, y.place(top1)] as const];
  });
  const last = corners.at(-1);
  const path = pathOf(last ? [...corners, [area.right, last[1]] as const] : corners);
  return pen("path", { class: "frontier", d: path, stroke: "var(--ink-3)", fill: "none" });
}

function budgetRule(pen: Pen, limit: number, words: string, x: Scale, area: Area): SVGElement {
  const place = x.place(limit);
  const before = place > (area.left + area.right) / 2;
  return pen("g", { class: "budget" }, [
    pen("line", {
      x1: place,
      x2: place,
      y1: area.top,
      y2: area.bottom,
      stroke: "var(--ink)",
      "stroke-width": 1.5,
    }),
    pen(
      "text",
      {
        x: place + (before ? -6 : 6),
        y: area.bottom - 8,
        "text-anchor": before ? "end" : "start",
        ...ON_GROUND,
      },
      [`budget ${words}`],
    ),
  ]);
}

/** A ring around the best, or the nearest where nothing fits, and its name above the plot. */
function chosen(
  pen: Pen,
  { best, nearest }: Choice,
  x: Scale,
  y: Scale,
  frame: Frame,
): SVGElement | undefined {
  const offer = best ?? nearest;
  if (!offer) return undefined;
  const { cell, latencyMs, top1 } = offer;
  const words = `${best ? "best" : "nearest"}: ${modelName(cell)} on ${rowName(cell)}`;
  const name = shortened(words, frame.width - 32);
  return pen("g", { class: "chosen" }, [
    pen("circle", {
      cx: x.place(latencyMs),
      cy: y.place(top1),
      r: 9,
      fill: "none",
      stroke: "var(--ink)",
      "stroke-width": 1.5,
    }),
    pen("g", { transform: at(0, 4) }, keyMarks(pen, markOf(cell.backend))),
    pen("text", { x: 32, y: 16, "font-weight": 600 }, [name]),
  ]);
}

/** How many there are to choose among, and what becomes of them; the answer itself is told by `choiceSentence`. */
function wordsOf({ offers, budget, best, nearest }: Choice): string {
  if (offers.length === 0) return "No cell to choose among.";
  const offer = best ?? nearest;
  const name = offer
    ? `${modelName(offer.cell)} on ${rowName(offer.cell)} is the ${best ? "best" : "nearest"} of `
    : "";
  const count = (fit: keyof typeof WITHIN) => offers.filter((one) => fitOf(one, budget) === fit).length;
  return `${name}${howMany(offers.length, "cell")}: ${count("fits")} within ${budgetText(budget)}, ${count("may-miss")} that may miss it, ${count("misses")} beyond. The stepped line is the most accurate at each latency.`;
}

const WITHIN = { fits: "yes", "may-miss": "may miss", misses: "no" } as const;

function tableOf({ offers, budget }: Choice): ChartTable {
  return {
    caption: "Published accuracy against measured latency",
    head: [
      "model",
      "backend",
      "published top-1 %",
      "median ms",
      "95 % within this run",
      "MB",
      "within the budget",
    ],
    rows: offers.map((offer) => [
      modelName(offer.cell),
      rowName(offer.cell),
      offer.top1.toFixed(1),
      significant(offer.latencyMs),
      intervalText(offer.ci95),
      millions(offer.sizeBytes),
      WITHIN[fitOf(offer, budget)],
    ]),
  };
}
