import { PlainTable } from "./plain-table.ts";

/**
 * A table of text for terminals.
 * @param aligns of each column
 */
export function plainTable(aligns: readonly ("left" | "right")[]): PlainTable {
  return new PlainTable(aligns);
}

/** Without the spaces that fill the last column up. */
export function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
