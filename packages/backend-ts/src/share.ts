/** One thread's part of a layer: part `index` of `count`. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/** From the first to before the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const WHOLE: Share = { index: 0, count: 1 };

/**
 * This share of `length` elements as [from, to), a multiple of `unit` elements but for the end. Shares differ
 * by one unit at most, follow one another and cover everything; some are empty where there are few units.
 */
export function shareOf(length: number, unit: number, { index, count }: Share): Range {
  const units = Math.ceil(length / unit);
  const boundary = (i: number) => Math.min(length, Math.floor((units * i) / count) * unit);
  return { from: boundary(index), to: boundary(index + 1) };
}
