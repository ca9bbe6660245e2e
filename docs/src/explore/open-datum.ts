import { CellIdError, parseCellId } from "@mobilenet-bench/results";
import { cellPath } from "../state/cell-path.ts";

/** Opens the page of what a datum stands for, where its plot says that there is one. */
export function openDatum(document: Document, plot: Element, key: string): void {
  if (plot.getAttribute("data-opens") !== "cell") return;
  const path = pathOf(key);
  const root = document.getElementById("page")?.dataset["root"] ?? "./";
  if (path !== undefined) document.location.assign(root + encodeURI(path));
}

/** Undefined for what is no cell of this family's. */
function pathOf(id: string): string | undefined {
  try {
    return cellPath(parseCellId(id));
  } catch (error) {
    if (error instanceof CellIdError) return undefined;
    throw error;
  }
}
