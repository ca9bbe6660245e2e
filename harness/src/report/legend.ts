import { titleOf, type Column, type Context } from "./columns.ts";
import { marksOf, type Mark } from "./marks.ts";
import type { Report } from "./report.ts";

/** A title or mark as the table shows it, and what it means. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
}

/** What the table's titles mean, where there are figures, then the marks that its cells have. */
export function legendOf(report: Report, columns: readonly Column[], name: (mark: Mark) => string): Term[] {
  if (report.cells.every(({ status }) => status !== "ok")) return [];
  return [
    ...columnTerms(columns, report),
    ...marksIn(report).map((mark) => ({ term: name(mark), meaning: mark.meaning })),
  ];
}

function columnTerms(columns: readonly Column[], context: Context): Term[] {
  return columns.flatMap((column) => {
    const { meaning } = column;
    if (meaning === undefined) return [];
    const text = typeof meaning === "string" ? meaning : meaning(context);
    return [{ term: titleOf(column, context), meaning: text }];
  });
}

/** In the order in which cells show them. */
function marksIn({ cells, peaks }: Report): Mark[] {
  return [...new Set(cells.flatMap((cell) => marksOf(cell, peaks)))];
}
