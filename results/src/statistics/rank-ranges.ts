/** From the best to the worst rank that an item may have, from 1. */
export type RankRange = readonly [best: number, worst: number];

/**
 * Ranks as far as they are known: from 1 + the number of those that are surely faster, to the number of all less those
 * that are surely slower. Items that nothing tells apart share a range.
 * @param surelyFaster whether the first is faster than the second beyond doubt
 */
export function rankRanges<Item>(
  items: readonly Item[],
  surelyFaster: (one: Item, other: Item) => boolean,
): ReadonlyMap<Item, RankRange> {
  const best = items.map(() => 1);
  const worst = items.map(() => items.length);
  for (const [i, item] of items.entries())
    for (const [j, other] of items.entries()) {
      if (i === j || !surelyFaster(item, other)) continue;
      worst[i] = (worst[i] ?? 0) - 1;
      best[j] = (best[j] ?? 0) + 1;
    }
  return new Map(items.map((item, i) => [item, [best[i] ?? 1, worst[i] ?? 1]]));
}
