import type { Chart, ChartTable, DrawChart } from "../charts/chart.ts";
import { shareShapes } from "../drawing/share-shapes.ts";
import { withoutData } from "../drawing/without-data.ts";
import { alignedOnPoint, isFigure } from "../style/align-on-point.ts";

/**
 * In CSS pixels. All are in the page and `figures.css` shows one, so no script is needed to choose: `narrow` on phones, `medium` from
 * 720 on and on paper, `wide` from 1008 on.
 */
const WIDTHS = { wide: 960, medium: 672, narrow: 358 } as const;
const NAMES = ["wide", "medium", "narrow"] as const;
type WidthName = (typeof NAMES)[number];

/** A chart where it is shown. */
export interface FigureOptions {
  /** Unique in the page. */
  readonly id: string;
  /** What the figure's data are keys of, where they can be opened. */
  readonly opens?: "cell";
  /** `report`: there is no script, so nothing in it is a stop of the Tab key but what scrolls. */
  readonly medium: "page" | "report";
  /** At all, of which the style shows one; or the narrow drawing alone, which stands beside others. */
  readonly widths: "all" | "narrow";
  /** The id of another figure whose table has the same rows: one of both is enough. */
  readonly tableOf?: string;
  /** Of all widths this one alone: what is shown can be drawn before the rest. */
  readonly only?: WidthName;
}

/** Which of its drawings a figure shows; undefined where it has none, or one that stands alone. */
export function widthShownIn(figure: Element): WidthName | undefined {
  return NAMES.find((name) => {
    const plot = figure.querySelector(`.plot.${name}`);
    return plot !== null && getComputedStyle(plot).display !== "none";
  });
}

/**
 * All of a figure but its element: the drawing at all widths, what it says, and its table. The same text comes of it in Node and
 * in a page, where it is made of nodes, so that nothing in the data is ever markup.
 */
export function figureHtml<Data>(
  draw: DrawChart<Data>,
  data: Data,
  document: Document,
  { id, opens, medium, widths, only, tableOf: other }: FigureOptions,
): string {
  const names = only === undefined ? NAMES : [only];
  const shown =
    widths === "all" ? names.map((name) => [name, WIDTHS[name]] as const) : ([["", WIDTHS.narrow]] as const);
  const charts = shown.map(
    ([name, width]) => [`plot ${name}`.trim(), draw(data, { document, width, medium })] as const,
  );
  const [first] = charts;
  if (first === undefined) return "";
  const [, { table, says }] = first;
  const plots = charts.map(([name, chart], i) => {
    if (medium === "page") return livePlot(document, name, chart, id, opens);
    withoutData(chart.svg);
    shareShapes(chart.svg, `${initialsOf(id)}${i}`);
    return plotOf(document, name, chart, id);
  });
  const caption = element(document, "figcaption", { id: `${id}-says` }, [says]);
  const rows = other === undefined ? tableOf(document, table, id, medium) : tableLink(document, other);
  return [...plots, caption, rows].map((node) => node.outerHTML).join("");
}

/** `r1c0b` of `run-1-cell-0-blocks`: ids of shapes are many. */
function initialsOf(id: string): string {
  return id
    .split("-")
    .map((part) => (/^\d+$/.test(part) ? part : part.slice(0, 1)))
    .join("");
}

/** One stop of the Tab key; arrows move within it. */
function livePlot(
  document: Document,
  name: string,
  chart: Chart,
  id: string,
  opens: FigureOptions["opens"],
): HTMLElement {
  const plot = plotOf(document, name, chart, id);
  const keys = opens === undefined ? "arrow keys move" : "arrow keys move, Enter opens";
  plot.setAttribute("role", "group");
  plot.setAttribute("tabindex", "0");
  plot.setAttribute("aria-label", `${chart.table.caption}: chart, ${keys}`);
  if (opens !== undefined) plot.setAttribute("data-opens", opens);
  return plot;
}

function plotOf(document: Document, name: string, { svg }: Chart, id: string): HTMLElement {
  svg.setAttribute("aria-describedby", `${id}-says`);
  return element(document, "div", { class: name }, [svg]);
}

function tableLink(document: Document, other: string): HTMLElement {
  const link = element(document, "a", { href: `#${other}-table` }, ["The chart as a table"]);
  return element(document, "p", { class: "chart-table" }, [link, ", which it shares with another one"]);
}

function tableOf(
  document: Document,
  { caption, head, rows }: ChartTable,
  id: string,
  medium: FigureOptions["medium"],
): HTMLElement {
  const columns = head.map((title, column) =>
    columnOf(
      title,
      rows.map((row) => row[column] ?? ""),
    ),
  );
  // Of a file by itself: what a column is, once for all its rows.
  const isShort = medium === "report";
  const figures = columns.flatMap(({ attributes }, i) => ("class" in attributes ? columnClass(i) : []));
  const table = element(document, "table", isShort ? { class: figures.join(" ") } : {}, [
    element(document, "caption", {}, [caption]),
    element(document, "thead", {}, [
      element(
        document,
        "tr",
        {},
        columns.map(({ title, attributes }) =>
          element(document, "th", { scope: "col", ...attributes }, [title]),
        ),
      ),
    ]),
    element(
      document,
      "tbody",
      {},
      rows.map((_, i) =>
        element(
          document,
          "tr",
          {},
          columns.map(({ texts, attributes }) =>
            element(document, "td", isShort ? {} : attributes, [texts[i] ?? ""]),
          ),
        ),
      ),
    ),
  ]);
  const scroll = element(
    document,
    "div",
    { class: "scroll", role: "region", tabindex: "0", "aria-label": `${caption}: table` },
    [table],
  );
  return element(document, "details", { class: "chart-table", id: `${id}-table` }, [
    element(document, "summary", {}, ["The chart as a table"]),
    scroll,
  ]);
}

/** Of a table with figures in that column, counted from 0. */
export function columnClass(column: number): string {
  return `n${column + 1}`;
}

/** Figures stand on their points; words begin at the left. */
function columnOf(title: string, texts: readonly string[]) {
  if (!texts.every(isFigure)) return { title, texts, attributes: {} };
  return { title, texts: alignedOnPoint(texts), attributes: { class: "number" } };
}

function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[],
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
