/** A decoded picture: 8 bits per channel, three channels, rows from top to bottom. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly rgb: Uint8Array;
}
