import { rankRanges } from "@mobilenet-bench/results";
import type { SurelyFaster } from "./latest.ts";
import { competes, type SiteCell } from "./site-cell.ts";

/**
 * The cells with their ranks among those of their model that are shown: what filters take away takes part in no rank.
 * Cells of different runs are told apart by what earlier runs foresee, or where they lie far apart.
 */
export function rankShown(cells: readonly SiteCell[], surelyFaster: SurelyFaster): SiteCell[] {
  const ranks = new Map<string, readonly [number, number]>();
  for (const members of Map.groupBy(cells.filter(competes), ({ model }) => model).values()) {
    const ranges = rankRanges(members, (one, other) => surelyFaster.get(other.id)?.has(one.id) ?? false);
    for (const [{ id }, range] of ranges) ranks.set(id, range);
  }
  return cells.map((cell) => {
    const { rank: _, ...unranked } = cell;
    const rank = ranks.get(cell.id);
    return rank === undefined ? unranked : { ...unranked, rank };
  });
}
