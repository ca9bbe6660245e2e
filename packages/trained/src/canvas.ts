import { clamp, type Distance } from "./figures/figure.ts";

/** Red, green, blue in 0…1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Where and how a figure lies. Lengths are fractions of the picture's side. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  /** Of the circle that the figure fits in. */
  readonly radius: number;
  /** Cosine and sine of its rotation. */
  readonly turn: readonly [cosine: number, sine: number];
  /** Its width over its height, on top of the figure's own. */
  readonly stretch: number;
}

/** A square picture in linear floating point, on which figures are laid one over the other. */
export class Canvas {
  readonly resolution: number;
  /** [resolution, resolution, 3], around 0…1 */
  readonly values: Float64Array;

  constructor(resolution: number) {
    this.resolution = resolution;
    this.values = new Float64Array(resolution * resolution * 3);
  }

  /**
   * Lays a figure over what is there. The edge fades over `softness`, a fraction of the side: what is a pixel wide is
   * sharp, what is wider is out of focus.
   */
  lay(
    distance: Distance,
    { x, y, radius, turn: [cosine, sine], stretch }: Placement,
    softness: number,
    colour: Colour,
  ) {
    const { resolution, values } = this;
    const reach = radius * Math.max(stretch, 1) + softness;
    const first = (centre: number) => clamp(Math.floor((centre - reach) * resolution), 0, resolution);
    const last = (centre: number) => clamp(Math.ceil((centre + reach) * resolution), 0, resolution);
    for (let row = first(y); row < last(y); row++)
      for (let column = first(x); column < last(x); column++) {
        const dx = (column + 0.5) / resolution - x;
        const dy = (row + 0.5) / resolution - y;
        const u = (dx * cosine + dy * sine) / (radius * stretch);
        const v = (dy * cosine - dx * sine) / radius;
        const cover = clamp(0.5 - (distance(u, v) * radius) / softness, 0, 1);
        if (cover === 0) continue;
        const pixel = (row * resolution + column) * 3;
        for (let c = 0; c < 3; c++) values[pixel + c]! += cover * (colour[c]! - values[pixel + c]!);
      }
  }

  /** Rounded to bytes, values beyond black and white cut. */
  toBytes(): Uint8Array {
    const { values } = this;
    const bytes = new Uint8Array(values.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(clamp(values[i]!, 0, 1) * 255);
    return bytes;
  }
}
