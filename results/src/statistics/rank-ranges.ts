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
  return new Map(
    items.map((item) => {
      const faster = items.filter((other) => other !== item && surelyFaster(other, item)).length;
      const slower = items.filter((other) => other !== item && surelyFaster(item, other)).length;
      return [item, [1 + faster, items.length - slower]];
    }),
  );
}
