/**
 * Moves labels that want the same place apart, as little as a sweep down and one up can, keeping their order.
 * @param wanted where each would stand best, in pixels, in any order
 * @param gap between two of them, at least
 * @param low where the first may stand
 * @param high where the last may stand
 * @returns in the order of what is wanted; undefined where there is no room for all
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] | undefined {
  if ((wanted.length - 1) * gap > high - low) return undefined;
  const order = wanted.map((_, i) => i).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = wanted.map(() => low);
  let above = low - gap;
  for (const i of order) {
    above = Math.max(wanted[i] ?? low, above + gap);
    places[i] = above;
  }
  let below = high + gap;
  for (const i of order.toReversed()) {
    below = Math.min(places[i] ?? high, below - gap);
    places[i] = below;
  }
  return places;
}
