/** A datum of a drawing, where it stands in it. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Keys that move a cursor. */
const CURSOR_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;
/** One of {@link CURSOR_KEYS}. */
export type CursorKey = (typeof CURSOR_KEYS)[number];

/** Whether it moves a cursor. */
export function isCursorKey(key: string): key is CursorKey {
  return CURSOR_KEYS.some((one) => one === key);
}

/**
 * Where a key leads: left and right go through all data from left to right, up and down through all from the lowest to the
 * highest; so each reaches every datum, however they lie. At an end it stays.
 * @param current an index into the spots; undefined: nothing is pointed at yet
 * @returns an index; undefined where there is no datum
 */
export function moveCursor(
  spots: readonly Spot[],
  current: number | undefined,
  key: CursorKey,
): number | undefined {
  const isVertical = key === "ArrowUp" || key === "ArrowDown";
  const order = isVertical ? orderBy(spots, ({ x, y }) => [-y, x]) : orderBy(spots, ({ x, y }) => [x, -y]);
  if (key === "Home") return order[0];
  if (key === "End") return order.at(-1);
  const isForward = key === "ArrowRight" || key === "ArrowUp";
  if (current === undefined) return isForward ? order[0] : order.at(-1);
  const place = order.indexOf(current) + (isForward ? 1 : -1);
  return order[Math.min(order.length - 1, Math.max(0, place))];
}

/** The spot that is nearest to a point, within a reach. */
export function nearestSpot(spots: readonly Spot[], { x, y }: Spot, reach: number): number | undefined {
  const distances = spots.map((spot, i) => [Math.hypot(spot.x - x, spot.y - y), i] as const);
  const [nearest] = distances.toSorted(([a], [b]) => a - b);
  return nearest !== undefined && nearest[0] <= reach ? nearest[1] : undefined;
}

/** Indices, by two numbers of each; equal ones in the order in which they come. */
function orderBy(spots: readonly Spot[], keys: (spot: Spot) => readonly [number, number]): number[] {
  return spots
    .map((spot, i) => [...keys(spot), i] as const)
    .toSorted(([a1, a2, i], [b1, b2, j]) => a1 - b1 || a2 - b2 || i - j)
    .map(([, , i]) => i);
}
