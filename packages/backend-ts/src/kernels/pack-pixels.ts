import type { Layer } from "@mobilenet-bench/spec";
import { PIXELS, pitchOf, TILE_PIXELS } from "./tile.ts";

/**
 * Writes output pixels [from, to) of a convolution as rows of its receptive field, [kernel, kernel, channels] in
 * float64 with zeros for the padding, into the tile's pixel array (im2col of one band), where the two pixels of a
 * tile alternate. For 1×1 kernels this is a copy. The taps of one kernel row are neighbours in NHWC, so each is one
 * run of up to kernel · channels.
 */
export function packPixels(layer: Layer, input: Float32Array, from: number, to: number) {
  const [height, width, depth] = layer.input;
  const [, columns] = layer.output;
  const { kernel, stride, padding } = layer;
  const run = kernel * depth;
  const pitch = pitchOf(kernel * run);
  for (let pixel = from; pixel < to; pixel++) {
    const index = pixel - from;
    let at = (index >> 1) * pitch * TILE_PIXELS + (index & 1);
    clear(at + kernel * run * TILE_PIXELS, pitch - kernel * run);
    const y = Math.floor(pixel / columns);
    const left = (pixel - y * columns) * stride - padding.left;
    const top = y * stride - padding.top;
    const before = Math.max(0, -left) * depth;
    const inside = (Math.min(width, left + kernel) - Math.max(0, left)) * depth;
    for (let ky = 0; ky < kernel; ky++, at += run * TILE_PIXELS) {
      const iy = top + ky;
      if (iy < 0 || iy >= height) {
        clear(at, run);
        continue;
      }
      if (inside < run) clear(at, run);
      copyRow(input, (iy * width + Math.max(0, left)) * depth, inside, at + before * TILE_PIXELS);
    }
  }
}

function copyRow(input: Float32Array, from: number, count: number, at: number) {
  const pixels = PIXELS;
  for (let i = 0; i < count; i++) pixels[at + i * TILE_PIXELS] = input[from + i]!;
}

function clear(at: number, count: number) {
  const pixels = PIXELS;
  for (let i = 0; i < count; i++) pixels[at + i * TILE_PIXELS] = 0;
}
