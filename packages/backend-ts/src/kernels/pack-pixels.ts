import type { Layer } from "@mobilenet-bench/spec";
import { EVEN_PIXELS, ODD_PIXELS, pitchOf } from "./tile.ts";

/**
 * Writes output pixels [from, to) of a convolution as rows of its receptive field, [kernel, kernel, channels] in
 * float64 with zeros for the padding, into the tile's pixel arrays (im2col of one band). For 1×1 kernels this is
 * a copy. The taps of one kernel row are neighbours in NHWC, so each is one run of up to kernel · channels.
 */
export function packPixels(layer: Layer, input: Float32Array, from: number, to: number) {
  const [height, width, depth] = layer.input;
  const [, columns] = layer.output;
  const { kernel, stride, padding } = layer;
  const run = kernel * depth;
  const pitch = pitchOf(kernel * run);
  for (let pixel = from; pixel < to; pixel++) {
    const index = pixel - from;
    const pixels = (index & 1) === 0 ? EVEN_PIXELS : ODD_PIXELS;
    let at = (index >> 1) * pitch;
    for (let i = at + kernel * run; i < at + pitch; i++) pixels[i] = 0;
    const y = Math.floor(pixel / columns);
    const left = (pixel - y * columns) * stride - padding.left;
    const top = y * stride - padding.top;
    const before = Math.max(0, -left) * depth;
    const inside = (Math.min(width, left + kernel) - Math.max(0, left)) * depth;
    for (let ky = 0; ky < kernel; ky++, at += run) {
      const iy = top + ky;
      if (iy < 0 || iy >= height) {
        pixels.fill(0, at, at + run);
        continue;
      }
      if (inside < run) pixels.fill(0, at, at + run);
      copyRow(input, (iy * width + Math.max(0, left)) * depth, inside, pixels, at + before);
    }
  }
}

function copyRow(input: Float32Array, from: number, count: number, pixels: Float64Array, at: number) {
  for (let i = 0; i < count; i++) pixels[at + i] = input[from + i]!;
}
