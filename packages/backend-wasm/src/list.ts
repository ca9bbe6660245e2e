/** Cuts the front of a list into `rows` lists of `columns`. */
export function grid<T>(list: readonly T[], rows: number, columns: number): T[][] {
  return range(rows).map((i) => list.slice(i * columns, (i + 1) * columns));
}

/** 0, 1, … count − 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The element, which must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`[backend-wasm] No element ${index} of ${list.length}.`);
  return element;
}
