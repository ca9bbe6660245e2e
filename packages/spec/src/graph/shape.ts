/** Height, width, channels (NHWC without the N). */
export type Shape = readonly [height: number, width: number, channels: number];

/** The number of elements of a shape. */
export function elements(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}
