/**
 * What one pass of a kernel's innermost loop keeps in registers: output pixels × output channels. It is the
 * `tile` in a kernel's name.
 */
export interface Tile {
  readonly pixels: number;
  /** A multiple of 4. */
  readonly channels: number;
}
