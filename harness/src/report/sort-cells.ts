import type { Cell } from "@mobilenet-bench/results";
import { onSoftwareAdapter } from "@mobilenet-bench/results";

/** Most mult-adds first; within a model the fastest first, then what ran on a software GPU, and what failed last. */
export function sortCells(cells: readonly Cell[]): Cell[] {
  const latency = (cell: Cell) => (cell.status === "ok" ? cell.latency.median : Infinity);
  const rank = (cell: Cell) => (cell.status !== "ok" ? 2 : Number(onSoftwareAdapter(cell)));
  return cells.toSorted(
    (a, b) =>
      b.multAdds - a.multAdds ||
      compareText(a.model, b.model) ||
      rank(a) - rank(b) ||
      compareNumbers(latency(a), latency(b)) ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Infinity minus itself is not a number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
