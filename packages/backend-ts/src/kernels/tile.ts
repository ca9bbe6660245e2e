import { activate } from "./activate.ts";

/**
 * The inner loop of every convolution, pointwise and dense layer: 2 pixels × 4 output channels, float64.
 *
 * Against the naive triple loop it changes, and why that is faster in V8:
 * - Operands lie in scratch arrays that are constants of this module and not exported (an export is a cell that
 *   might change). The optimizing compiler then knows their addresses and lengths: loads need no base register,
 *   and one bounds check serves all arrays of one index and length.
 * - They are float64 already, so that the loop is free of float32 → float64 conversions.
 * - Eight sums stay in registers: 6 loads for 8 multiply–adds instead of 3 loads and a store for each.
 * - Four steps at a time share one loop condition and one look at V8's interrupt flag.
 * - The second pixel stands behind a condition. It is needed for an odd last pixel, but it also splits the loop
 *   body: within one basic block the compiler computes all products before any sum, and 8 sums with 8 products
 *   do not fit x64's 15 free vector registers. In one block the same tile is half as fast.
 */

/** Pixels and output channels of one tile. */
export const TILE_PIXELS = 2;
export const TILE_CHANNELS = 4;
/** The depth of one pass: four weight columns of this length (16 KiB) leave room for the pixels in a 32 KiB L1. */
export const PASS_DEPTH = 512;
/** Float64 elements of each of the two pixel arrays; pages that a model does not need are never touched. */
export const PIXELS_LENGTH = 1 << 18;
/** Most tiles of one call. */
export const MAX_TILES = 1024;

/** Even and odd pixels: pixel 2t + i is in array i at [t · pitch, t · pitch + depth). */
const evenPixels = new Float64Array(PIXELS_LENGTH);
const oddPixels = new Float64Array(PIXELS_LENGTH);

/** One array per output channel of the tile, [PASS_DEPTH]. */
const column0 = new Float64Array(PASS_DEPTH);
const column1 = new Float64Array(PASS_DEPTH);
const column2 = new Float64Array(PASS_DEPTH);
const column3 = new Float64Array(PASS_DEPTH);

/** [tile, TILE_PIXELS, TILE_CHANNELS], which is [pixel, TILE_CHANNELS]. */
const sums = new Float64Array(MAX_TILES * TILE_PIXELS * TILE_CHANNELS);

/** The same arrays for those who fill them. */
export const EVEN_PIXELS = evenPixels;
export const ODD_PIXELS = oddPixels;

/**
 * Depths are rounded up to this, since the inner loop takes four steps at a time. Pixels end in zeros then, and the
 * weights beside them may be any that stood there before: weights are finite.
 */
const DEPTH_UNIT = 4;

/** Elements of a pixel's row. */
export function pitchOf(depth: number): number {
  return Math.ceil(depth / DEPTH_UNIT) * DEPTH_UNIT;
}

/** Spreads a panel's rows [count, TILE_CHANNELS] from element `from` over the weight columns. */
export function loadColumns(panels: Float32Array, from: number, count: number) {
  const weights0 = column0;
  const weights1 = column1;
  const weights2 = column2;
  const weights3 = column3;
  for (let k = 0; k < count; k++) {
    const at = from + k * TILE_CHANNELS;
    weights0[k] = panels[at]!;
    weights1[k] = panels[at + 1]!;
    weights2[k] = panels[at + 2]!;
    weights3[k] = panels[at + 3]!;
  }
}

/**
 * SUMS[pixel, channel] += Σₖ pixels[pixel, first + k] · columns[channel, k] over k < count.
 * @param pixels how many; an odd count leaves the second half of its last tile as it was
 * @param pitch elements from one tile's row to the next one's
 * @param count a multiple of DEPTH_UNIT
 */
export function multiplyTiles(pixels: number, pitch: number, first: number, count: number) {
  // Named outside the loops: the compiler takes a module's constant for one only where no loop surrounds its name.
  const values = sums;
  const even = evenPixels;
  const odd = oddPixels;
  const weights0 = column0;
  const weights1 = column1;
  const weights2 = column2;
  const weights3 = column3;
  for (let pixel = 0; pixel < pixels; pixel += TILE_PIXELS) {
    const rows = pixels - pixel;
    const row = (pixel >> 1) * pitch + first;
    const sum = pixel * TILE_CHANNELS;
    let s00 = values[sum]!;
    let s01 = values[sum + 1]!;
    let s02 = values[sum + 2]!;
    let s03 = values[sum + 3]!;
    let s10 = values[sum + 4]!;
    let s11 = values[sum + 5]!;
    let s12 = values[sum + 6]!;
    let s13 = values[sum + 7]!;
    for (let k = 0; k < count; k += DEPTH_UNIT) {
      const a0 = weights0[k]!;
      const a1 = weights1[k]!;
      const a2 = weights2[k]!;
      const a3 = weights3[k]!;
      const even0 = even[row + k]!;
      s00 += even0 * a0;
      s01 += even0 * a1;
      s02 += even0 * a2;
      s03 += even0 * a3;
      if (rows > 1) {
        const odd0 = odd[row + k]!;
        s10 += odd0 * a0;
        s11 += odd0 * a1;
        s12 += odd0 * a2;
        s13 += odd0 * a3;
      }
      const b0 = weights0[k + 1]!;
      const b1 = weights1[k + 1]!;
      const b2 = weights2[k + 1]!;
      const b3 = weights3[k + 1]!;
      const even1 = even[row + k + 1]!;
      s00 += even1 * b0;
      s01 += even1 * b1;
      s02 += even1 * b2;
      s03 += even1 * b3;
      if (rows > 1) {
        const odd1 = odd[row + k + 1]!;
        s10 += odd1 * b0;
        s11 += odd1 * b1;
        s12 += odd1 * b2;
        s13 += odd1 * b3;
      }
      const c0 = weights0[k + 2]!;
      const c1 = weights1[k + 2]!;
      const c2 = weights2[k + 2]!;
      const c3 = weights3[k + 2]!;
      const even2 = even[row + k + 2]!;
      s00 += even2 * c0;
      s01 += even2 * c1;
      s02 += even2 * c2;
      s03 += even2 * c3;
      if (rows > 1) {
        const odd2 = odd[row + k + 2]!;
        s10 += odd2 * c0;
        s11 += odd2 * c1;
        s12 += odd2 * c2;
        s13 += odd2 * c3;
      }
      const d0 = weights0[k + 3]!;
      const d1 = weights1[k + 3]!;
      const d2 = weights2[k + 3]!;
      const d3 = weights3[k + 3]!;
      const even3 = even[row + k + 3]!;
      s00 += even3 * d0;
      s01 += even3 * d1;
      s02 += even3 * d2;
      s03 += even3 * d3;
      if (rows > 1) {
        const odd3 = odd[row + k + 3]!;
        s10 += odd3 * d0;
        s11 += odd3 * d1;
        s12 += odd3 * d2;
        s13 += odd3 * d3;
      }
    }
    values[sum] = s00;
    values[sum + 1] = s01;
    values[sum + 2] = s02;
    values[sum + 3] = s03;
    values[sum + 4] = s10;
    values[sum + 5] = s11;
    values[sum + 6] = s12;
    values[sum + 7] = s13;
  }
}

/** Every sum starts with its channel's bias; channels behind the last one with 0. */
export function startSums(bias: Float32Array, channel: number, count: number, pixels: number) {
  const values = sums;
  const b0 = bias[channel]!;
  const b1 = count > 1 ? bias[channel + 1]! : 0;
  const b2 = count > 2 ? bias[channel + 2]! : 0;
  const b3 = count > 3 ? bias[channel + 3]! : 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const sum = pixel * TILE_CHANNELS;
    values[sum] = b0;
    values[sum + 1] = b1;
    values[sum + 2] = b2;
    values[sum + 3] = b3;
  }
}

/** Sums of pixels [from, to) to channels [channel, channel + 4) of the output, as far as there are so many. */
export function storeSums(
  output: Float32Array,
  from: number,
  to: number,
  channel: number,
  channels: number,
  relu6: boolean,
) {
  const values = sums;
  const count = Math.min(TILE_CHANNELS, channels - channel);
  for (let pixel = from; pixel < to; pixel++) {
    const sum = (pixel - from) * TILE_CHANNELS;
    const out = pixel * channels + channel;
    output[out] = activate(values[sum]!, relu6);
    if (count > 1) output[out + 1] = activate(values[sum + 1]!, relu6);
    if (count > 2) output[out + 2] = activate(values[sum + 2]!, relu6);
    if (count > 3) output[out + 3] = activate(values[sum + 3]!, relu6);
  }
}
