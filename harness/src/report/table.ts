import { PlainTable } from "./plain-table.ts";

export function plainTable(aligns: readonly ("left" | "right")[]): PlainTable {
  return new PlainTable(aligns);
}

export function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
