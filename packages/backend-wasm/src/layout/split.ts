/** Cuts `total` into as few parts of at most `most` as possible, whose sizes differ by at most one; larger first. */
export function split(total: number, most: number): number[] {
  return share(total, Math.ceil(total / most));
}

/** Cuts `total` into `parts` whose sizes differ by at most one; larger first. */
export function share(total: number, parts: number): number[] {
  const size = Math.floor(total / parts);
  return Array.from({ length: parts }, (_, i) => size + (i < total % parts ? 1 : 0));
}

/** Where a part of {@link share} begins and how long it is. */
export function shareOf(total: number, parts: number, index: number): { first: number; count: number } {
  const size = Math.floor(total / parts);
  const larger = total % parts;
  return { first: index * size + Math.min(index, larger), count: size + (index < larger ? 1 : 0) };
}

/**
 * `total` pixels as blocks of `most` and of `most − 1`, as few as possible; undefined where there is no such
 * sum (7 pixels are no sum of sixes and fives).
 */
export function blocks(total: number, most: number): { large: number; small: number } | undefined {
  const count = Math.ceil(total / most);
  const large = total - count * (most - 1);
  return large >= 0 ? { large, small: count - large } : undefined;
}

/** The largest block size up to `most` with which every total is a sum of {@link blocks}. */
export function commonBlock(totals: readonly number[], most: number): number {
  let size = most;
  while (totals.some((total) => !blocks(total, size))) size--;
  return size;
}
