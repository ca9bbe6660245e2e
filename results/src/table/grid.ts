import { markdownTable } from "markdown-table";
import { markdownText } from "../harmless/index.ts";

/** A title as the program writes it, and to which side its column keeps. */
export type GridHead = readonly [title: string, align: "left" | "right"];

/** A Markdown table of foreign texts. */
export function markdownGrid(head: readonly GridHead[], body: readonly (readonly string[])[]): string {
  return markdownTable([head.map(([title]) => title), ...body.map((row) => row.map(markdownText))], {
    align: head.map(([, align]) => align),
  });
}

/** A Markdown list of lines that are Markdown already; nothing where there are none. */
export function markdownList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}
