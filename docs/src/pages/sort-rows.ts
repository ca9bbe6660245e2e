import { coldStartMs, rowId } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";
import type { Group, Sort, SortKey } from "../state/site-state.ts";

/** Rows under one heading. */
export interface RowGroup {
  /** What they share; empty where all rows stand together. */
  readonly name: string;
  readonly cells: readonly SiteCell[];
}

/** What a column sorts by; undefined where the cell has nothing in it. */
const VALUES: Readonly<Record<SortKey, (cell: SiteCell) => number | string | undefined>> = {
  // Ties keep the order of their medians, which says no more than the range does.
  rank: ({ rank }) => rank?.[0],
  backend: (cell) => rowId(cell),
  ms: ({ ms }) => ms,
  gmacs: ({ gmacs }) => gmacs,
  peak: ({ ofPeak }) => ofPeak?.fraction,
  cold: ({ coldStart }) => (coldStart === undefined ? undefined : coldStartMs(coldStart)),
  multAdds: ({ multAdds }) => multAdds,
};

/**
 * Rows in groups, in the order of the first of each; sorted within them. What has nothing in the column comes last whichever
 * way is sorted, never as 0 or without end; what failed comes after that.
 */
export function groupRows(cells: readonly SiteCell[], group: Group, sort: Sort): RowGroup[] {
  if (group === "none") return [{ name: "", cells: sortRows(cells, sort) }];
  const groups = Map.groupBy(cells, (cell) => (group === "model" ? cell.model : cell.backend));
  return [...groups].map(([name, members]) => ({ name, cells: sortRows(members, sort) }));
}

/** Equal ones keep their order. */
function sortRows(cells: readonly SiteCell[], { key, descending }: Sort): SiteCell[] {
  const value = VALUES[key];
  return cells.toSorted((a, b) => {
    const failed = Number(a.status !== "ok") - Number(b.status !== "ok");
    const [one, other] = [value(a), value(b)];
    const missing = Number(one === undefined) - Number(other === undefined);
    if (failed !== 0 || missing !== 0 || one === undefined || other === undefined) return failed || missing;
    return (descending ? -1 : 1) * compare(one, other);
  });
}

function compare(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}
