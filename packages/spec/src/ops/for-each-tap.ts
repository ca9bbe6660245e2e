import type { Layer } from "../graph/index.ts";

/**
 * Every place of a kernel over every pixel that it is laid on, row by row; places over the padding are left out.
 * @param visit is given pixels of output and input and the place in the kernel, each counted row by row
 */
export function forEachTap(
  { input: [height, width], output: [rows, columns], kernel, stride, padding }: Layer,
  visit: (to: number, from: number, tap: number) => void,
): void {
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let ky = 0; ky < kernel; ky++) {
        const iy = y * stride + ky - padding.top;
        if (iy < 0 || iy >= height) continue;
        for (let kx = 0; kx < kernel; kx++) {
          const ix = x * stride + kx - padding.left;
          if (ix < 0 || ix >= width) continue;
          visit(y * columns + x, iy * width + ix, ky * kernel + kx);
        }
      }
}
