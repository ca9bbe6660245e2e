import { terminalLine } from "@mobilenet-bench/results/harmless";
import { wrap } from "./wrap.ts";

/** Texts from anywhere, each wrapped to the width of a terminal; painted by line, since colours do not last over ends of lines. */
export function wrappedLines(
  texts: readonly string[],
  columns: number,
  paint: (line: string) => string = String,
): string {
  return texts
    .flatMap((text) => wrap(terminalLine(text), columns).split("\n"))
    .map(paint)
    .join("\n");
}
