import { resolve } from "node:path";
import { writeWhole } from "@mobilenet-bench/files";
import type { TerminalOptions } from "../report/terminal.ts";
import { note, print, terminal } from "./output.ts";

/** The forms of comparisons. */
export const COMPARISON_FORMATS = ["table", "markdown", "csv", "json", "junit"] as const;
/** One of {@link COMPARISON_FORMATS}. */
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** How each form of a comparison is made; only tables mind what they are shown on. */
export type Renderers = Readonly<
  Record<ComparisonFormat, (options: TerminalOptions) => string | Promise<string>>
>;

/** Prints a comparison in the form that was asked for; where a file was named, that form goes there and the table here. */
export async function reportComparison(
  renderers: Renderers,
  { format, output }: { readonly format: ComparisonFormat; readonly output?: string },
): Promise<void> {
  print(await renderers[output === undefined ? format : "table"](terminal()));
  if (output === undefined) return;
  await writeWhole(output, `${await renderers[format]({ color: false, columns: Infinity })}\n`);
  note(`Report: ${resolve(output)}`);
}
