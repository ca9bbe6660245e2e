import type { Chart, ChartTable, DrawChart } from "../charts/chart.ts";

/**
 * In CSS pixels. All are in the page and `figures.css` shows one, so no script is needed to choose: `narrow` on phones, `medium` from
 * 720 on and on paper, `wide` from 1008 on.
 */
export const WIDTHS = { wide: 960, medium: 672, narrow: 358 } as const;

/** A chart where it is shown. */
export interface FigureOptions {
  /** Unique in the page. */
  readonly id: string;
  /** What the figure's data are keys of, where they can be opened. */
  readonly opens?: "cell";
}

/**
 * All of a figure but its element: the drawing at all widths, what it says, and its table. The same text comes of it in Node and
 * in a page, where it is made of nodes, so that nothing in the data is ever markup.
 */
export function figureHtml<Data>(
  draw: DrawChart<Data>,
  data: Data,
  document: Document,
  { id, opens }: FigureOptions,
): string {
  const charts = Object.entries(WIDTHS).map(
    ([name, width]) => [name, draw(data, { document, width, medium: "page" })] as const,
  );
  const [first] = charts;
  if (first === undefined) return "";
  const [, { table, says }] = first;
  const plots = charts.map(([name, chart]) => plotOf(document, name, chart, id, opens));
  const caption = element(document, "figcaption", { id: `${id}-says` }, [says]);
  return [...plots, caption, tableOf(document, table, id)].map((node) => node.outerHTML).join("");
}

/** One stop of the Tab key; arrows move within it. */
function plotOf(
  document: Document,
  name: string,
  { svg, table }: Chart,
  id: string,
  opens: FigureOptions["opens"],
): HTMLElement {
  svg.setAttribute("aria-describedby", `${id}-says`);
  const keys = opens === undefined ? "arrow keys move" : "arrow keys move, Enter opens";
  const attributes = {
    class: `plot ${name}`,
    role: "group",
    tabindex: "0",
    "aria-label": `${table.caption}: chart, ${keys}`,
    ...(opens !== undefined && { "data-opens": opens }),
  };
  return element(document, "div", attributes, [svg]);
}

function tableOf(document: Document, { caption, head, rows }: ChartTable, id: string): HTMLElement {
  const row = (cells: readonly string[], name: "th" | "td", attributes: Readonly<Record<string, string>>) =>
    element(
      document,
      "tr",
      {},
      cells.map((text) => element(document, name, attributes, [text])),
    );
  const table = element(document, "table", {}, [
    element(document, "caption", {}, [caption]),
    element(document, "thead", {}, [row(head, "th", { scope: "col" })]),
    element(
      document,
      "tbody",
      {},
      rows.map((cells) => row(cells, "td", {})),
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
