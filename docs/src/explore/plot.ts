import type { Spot } from "./cursor.ts";

/** A datum of a drawing as it stands in a page, whether it was built there or drawn in it. */
export interface Datum extends Spot {
  readonly key: string;
  readonly element: SVGGElement;
  /** What the drawing's table says of it: titles and values. */
  readonly facts: readonly (readonly [title: string, value: string])[];
}

/**
 * The data of a plot: its groups with `data-datum`, in the order of the rows of the table that follows the drawing.
 * @param plot `.plot` within a figure
 */
export function dataOf(plot: Element): Datum[] {
  const table = plot.closest("figure")?.querySelector("details.chart-table table");
  const head = [...(table?.querySelectorAll("thead th") ?? [])].map(textOf);
  const rows = [...(table?.querySelectorAll("tbody tr") ?? [])];
  return [...plot.querySelectorAll<SVGGElement>("g[data-datum]")].map((element, i) => {
    // Its origin in CSS pixels from the corner of the drawing, however groups nest and the drawing is sized.
    const { e: x, f: y } = element.getCTM() ?? { e: 0, f: 0 };
    const values = [...(rows[i]?.querySelectorAll("td, th") ?? [])].map(textOf);
    return {
      key: element.getAttribute("data-datum") ?? "",
      element,
      x,
      y,
      facts: head.flatMap((title, column) => {
        const value = values[column] ?? "";
        return value === "" ? [] : [[title, value] as const];
      }),
    };
  });
}

function textOf({ textContent }: Element): string {
  return textContent?.trim() ?? "";
}
