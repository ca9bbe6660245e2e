import { optionsText } from "@mobilenet-bench/results";
import type { SiteCell } from "../data/site-cell.ts";

/** Cells of one target with the same options: within it a mark stands for one backend and no other. */
export interface Facet {
  /** `chrome threads=2`. */
  readonly name: string;
  readonly cells: readonly SiteCell[];
}

/**
 * Where several targets or options are shown, each has a plot of its own on the same scales: the marks of a backend are the same
 * on all of them, and would be taken for each other.
 * @param cells sorted; the order is kept within each
 * @returns one at least
 */
export function facetsOf(cells: readonly SiteCell[]): Facet[] {
  const facets = [...Map.groupBy(cells, facetName)].map(([name, members]) => ({ name, cells: members }));
  return facets.length === 0 ? [{ name: "", cells: [] }] : facets.toSorted(byName);
}

function facetName(cell: SiteCell): string {
  const rest = optionsText(cell);
  return cell.target === "node" ? ["node", rest].filter(Boolean).join(" ") : rest;
}

/** The target that goes without saying comes first. */
function byName(a: Facet, b: Facet): number {
  const place = ({ name }: Facet) => (name === "node" ? "" : name);
  return place(a) < place(b) ? -1 : Number(place(a) > place(b));
}
