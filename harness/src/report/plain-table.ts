import stringWidth from "string-width";

interface Spanning {
  readonly content: string;
  /** Of how many columns; such a cell widens none. */
  readonly colSpan?: number;
  /** Where others of its row have more lines; the top without this. */
  readonly vAlign?: "bottom";
}
type TableCell = string | Spanning;

const GAP = "  ";

/**
 * Columns apart by two spaces and nothing else: the figures are the picture. Cells may have several lines, and
 * colours. Its time grows with the number of rows, of which a run may have twenty thousand.
 */
export class PlainTable {
  readonly #aligns: readonly ("left" | "right")[];
  readonly #rows: (readonly TableCell[])[] = [];

  constructor(aligns: readonly ("left" | "right")[]) {
    this.#aligns = aligns;
  }

  push(...rows: readonly (readonly TableCell[])[]): void {
    for (const row of rows) this.#rows.push(row);
  }

  toString(): string {
    const widths = this.#aligns.map(() => 0);
    for (const row of this.#rows)
      row.forEach((cell, i) => {
        if (typeof cell !== "string" && (cell.colSpan ?? 1) > 1) return;
        for (const line of linesOf(cell)) widths[i] = Math.max(widths[i] ?? 0, widthOf(line));
      });
    return this.#rows.flatMap((row) => this.#render(row, widths)).join("\n");
  }

  #render(row: readonly TableCell[], widths: readonly number[]): string[] {
    const height = Math.max(1, ...row.map((cell) => linesOf(cell).length));
    const columns = row.map((cell) => {
      const lines = linesOf(cell);
      const missing = Array.from({ length: height - lines.length }, () => "");
      return typeof cell !== "string" && cell.vAlign === "bottom"
        ? [...missing, ...lines]
        : [...lines, ...missing];
    });
    return Array.from({ length: height }, (_, y) =>
      columns
        .map((lines, i) => pad(lines[y] ?? "", widths[i] ?? 0, this.#aligns[i] ?? "left"))
        .join(GAP)
        .trimEnd(),
    );
  }
}

function linesOf(cell: TableCell): string[] {
  return (typeof cell === "string" ? cell : cell.content).split("\n");
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const spaces = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? spaces + text : text + spaces;
}

/** ASCII, Latin letters and signs such as ±, and the dashes of ranges: a column each. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

/** In columns of a terminal; most texts are plain, and need no look at every character. */
function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}
