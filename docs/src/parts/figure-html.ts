import type { Chart, ChartTable, DrawChart } from "../charts/chart.ts";
import { withoutData } from "../drawing/without-data.ts";
import { alignedOnPoint, isFigure } from "../style/align-on-point.ts";

/**
 * In CSS pixels. All are in the page and `figures.css` shows one, so no script is needed to choose: `narrow` on phones, `medium` from
 * 720 on and on paper, `wide` from 1008 on.
 */
const WIDTHS = { wide: 960, medium: 672, narrow: 358 } as const;

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
}

/**
 * All of a figure but its element: the drawing at all widths, what it says, and its table. The same text comes of it in Node and
 * in a page, where it is made of nodes, so that nothing in the data is ever markup.
 */
export function figureHtml<Data>(
  draw: DrawChart<Data>,
  data: Data,
  document: Document,
  { id, opens, medium, widths }: FigureOptions,
): string {
  const shown = widths === "all" ? Object.entries(WIDTHS) : ([["", WIDTHS.narrow]] as const);
  const charts = shown.map(
    ([name, width]) => [`plot ${name}`.trim(), draw(data, { document, width, medium })] as const,
  );
  const [first] = charts;
  if (first === undefined) return "";
  const [, { table, says }] = first;
  const plots = charts.map(([name, chart]) => {
    if (medium === "page") return livePlot(document, name, chart, id, opens);
    withoutData(chart.svg);
    return plotOf(document, name, chart, id);
  });
  const caption = element(document, "figcaption", { id: `${id}-says` }, [says]);
  return [...plots, caption, tableOf(document, table, id)].map((node) => node.outerHTML).join("");
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

function tableOf(document: Document, { caption, head, rows }: ChartTable, id: string): HTMLElement {
  const columns = head.map((title, column) =>
    columnOf(
      title,
      rows.map((row) => row[column] ?? ""),
    ),
  );
  const table = element(document, "table", {}, [
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
          columns.map(({ texts, attributes }) => element(document, "td", attributes, [texts[i] ?? ""])),
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
