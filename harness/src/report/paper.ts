import type { PaperComparison } from "@mobilenet-bench/spec";
import { plainTable, trimLines } from "./table.ts";

/** Each published figure beside the computed one, in 80 columns, and beneath it why some differ. */
export function renderPaper(comparison: readonly PaperComparison[]): string {
  const reasons: string[] = [];
  const marked = comparison.map((figure) => ({
    ...figure,
    mark: figure.agreement === "differs" ? `[${noteOf(figure.why, reasons)}]` : figure.agreement,
    computed: figure.agreement === "quoted" ? "" : figure.computed,
  }));

  const layers = plainTable(["right", "left", "left", "left"]);
  layers.push(["row", "Table 1, published", "computed", ""]);
  const figures = plainTable(["right", "left", "left", "right", "right", "left"]);
  figures.push(["table", "row", "figure", "published", "computed", ""]);
  for (const { table, row, quantity, published, computed, mark } of marked)
    if (quantity === "layer")
      layers.push([row.replace("row ", ""), compact(published), compact(computed), mark]);
    else figures.push([String(table), row, quantity.replace("Stanford ", ""), published, computed, mark]);

  const count = (agreement: string) => comparison.filter((figure) => figure.agreement === agreement).length;
  return [
    trimLines(layers.toString()),
    trimLines(figures.toString()),
    reasons.map((why, i) => `[${i + 1}] ${why}`).join("\n"),
    `${count("agrees")} agree to the printed digits, ${count("differs")} differ for the reasons given, ${count("quoted")} are quoted.`,
    "Mult-adds and params in millions, shares and top-1 in per cent. Source: arXiv 1704.04861.",
  ].join("\n\n");
}

/** The number of the note that says so; figures may share one. */
function noteOf(why: string, notes: string[]): number {
  const known = notes.indexOf(why);
  return known < 0 ? notes.push(why) : known + 1;
}

function compact(layer: string): string {
  return layer.replaceAll(" · ", " ");
}
