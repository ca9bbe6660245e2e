import type { SiteCell } from "../data/site-cell.ts";

/**
 * With which cells of its model a cell shares a rank, as far as ratios tell: drawings have their ids in `data-ties`, so that
 * who points at one sees all that nothing puts in an order.
 * @returns by cell id, for those that share one
 */
export function tiesOf(cells: readonly SiteCell[]): ReadonlyMap<string, readonly string[]> {
  const models = Map.groupBy(cells, ({ model }) => model);
  const ties = [...models.values()].flatMap((members) =>
    members.map((cell) => {
      const others = members.filter((other) => other !== cell && shareRank(cell, other));
      return [cell.id, others.map(({ id }) => id)] as const;
    }),
  );
  return new Map(ties.filter(([, others]) => others.length > 0));
}

function shareRank({ rank: one }: SiteCell, { rank: other }: SiteCell): boolean {
  return one !== undefined && other !== undefined && one[0] <= other[1] && other[0] <= one[1];
}
