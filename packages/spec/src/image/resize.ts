import type { Square } from "./central-square.ts";
import type { Picture } from "./picture.ts";

/**
 * Bilinear interpolation between pixel centres, antialiased: when shrinking, the triangle that weighs the
 * neighbours is as many times wider as the picture gets smaller, so that every source pixel counts. Beyond
 * the square's border nothing counts, and the weights of what is left add up to 1.
 * @returns [resolution, resolution, 3], in the range of the picture
 */
export function resize({ width, rgb }: Picture, square: Square, resolution: number): Float64Array {
  const { left, top, side } = square;
  const taps = triangleTaps(side, resolution);
  // First along x, then along y: the triangle over an area is the product of two.
  const rows = new Float64Array(side * resolution * 3);
  for (let y = 0; y < side; y++)
    for (const [x, { first, weights }] of taps.entries())
      for (let i = 0; i < weights.length; i++) {
        const from = ((top + y) * width + left + first + i) * 3;
        const to = (y * resolution + x) * 3;
        for (let c = 0; c < 3; c++) rows[to + c]! += weights[i]! * rgb[from + c]!;
      }
  const output = new Float64Array(resolution * resolution * 3);
  const row = resolution * 3;
  for (const [y, { first, weights }] of taps.entries())
    for (let i = 0; i < weights.length; i++)
      for (let x = 0; x < row; x++) output[y * row + x]! += weights[i]! * rows[(first + i) * row + x]!;
  return output;
}

interface Taps {
  /** Where in the source the weights begin. */
  readonly first: number;
  readonly weights: Float64Array;
}

/** For each output position, the weights of the source positions that it is made of. */
function triangleTaps(from: number, to: number): readonly Taps[] {
  const scale = from / to;
  const radius = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    // In coordinates where source pixel j has its centre at j.
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - radius));
    const last = Math.min(from - 1, Math.floor(centre + radius));
    const weights = Float64Array.from(
      { length: last - first + 1 },
      (_, j) => 1 - Math.abs(first + j - centre) / radius,
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
