import { titleOf, type TableColumn, type TableContext } from "./columns.ts";
import { marksNamed, type Mark } from "./marks.ts";
import type { TableRow } from "./row.ts";

/** A title or mark as the table shows it, and what it means. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
}

/** What a legend is of. */
export interface Explained extends TableContext {
  readonly rows: readonly TableRow[];
}

/** What the table's titles mean, where there are figures, then the marks that its rows have. */
export function legendOf(
  table: Explained,
  columns: readonly TableColumn[],
  name: (mark: Pick<Mark, "letter" | "word">) => string,
): Term[] {
  const { rows } = table;
  if (rows.every(({ status }) => status !== "ok")) return [];
  // In the order in which rows show them.
  const words = [...new Set(rows.flatMap(({ marks }) => marks))];
  return [
    ...columnTerms(columns, table),
    ...marksNamed(words).map((mark) => ({ term: name(mark), meaning: mark.meaning })),
  ];
}

function columnTerms(columns: readonly TableColumn[], context: TableContext): Term[] {
  return columns.flatMap((column) => {
    const { meaning } = column;
    if (meaning === undefined) return [];
    const text = typeof meaning === "string" ? meaning : meaning(context);
    return [{ term: titleOf(column, context), meaning: text }];
  });
}
