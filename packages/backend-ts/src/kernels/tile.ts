import { activate } from "./activate.ts";

/**
 * The inner loop of every convolution, pointwise and dense layer: 2 pixels × 4 output channels, float64.
 *
 * Against the naive triple loop it changes, and why that is faster in V8:
 * - Operands lie in scratch arrays that are constants of this module and not exported (an export is a cell that
 *   might change; that goes for numbers too). The optimizing compiler then knows their addresses and lengths:
 *   loads need no base register, and one bounds check serves all arrays of one index and length.
 * - Each operand of a loop body has a view of its own, which begins where the operand lies. So the 24 loads of
 *   four steps share two indices and two bounds checks; `index + 5` would need its own sum and check.
 * - Indices end in `| 0`, so that the compiler need not look for overflow.
 * - The two pixels alternate in one array: one stream, whose halves cannot crowd each other out of the cache.
 * - They are float64 already, so that the loop is free of float32 → float64 conversions.
 * - Eight sums stay in registers: 6 loads for 8 multiply–adds instead of 3 loads and a store for each.
 * - Four steps at a time share one loop condition and one look at V8's interrupt flag.
 * - The second pixel stands behind a condition. It is needed for an odd last pixel, but it also splits the loop
 *   body: within one basic block the compiler computes all products before any sum, and 8 sums with 8 products
 *   do not fit x64's 15 free vector registers. In one block the same tile is half as fast.
 */

/** Pixels and output channels of one tile; for the loops below under names that are not exported, as above. */
const tilePixels = 2;
const tileChannels = 4;
export const TILE_PIXELS = tilePixels;
export const TILE_CHANNELS = tileChannels;
/** The depth of one pass: the weights of that many steps (16 KiB) leave room for the pixels in a 32 KiB L1. */
export const PASS_DEPTH = 512;
/** Float64 elements of the pixel array; pages that a model does not need are never touched. */
export const PIXELS_LENGTH = 1 << 19;
/** Most tiles of one call. */
export const MAX_TILES = 1024;

/**
 * Depths are rounded up to this, since the inner loop takes four steps at a time. Pixels end in zeros then, and the
 * weights beside them may be any that stood there before: weights are finite.
 */
const DEPTH_UNIT = 4;

/**
 * Where the scratch lies is worth a fifth of the whole network's time. C libraries put large blocks into mappings of
 * their own, far from the heap; glibc does so above a threshold, which rises to the size of a larger block that is
 * freed (mallopt(3), M_MMAP_THRESHOLD). With such a block gone before, the arrays below come from the heap itself,
 * as measured: 118 ms instead of 150 for mobilenet_v1_1.0_224. Elsewhere it costs nothing.
 */
const FREED_BYTES = 1 << 24;
// Node 20 has no way to free a block at once.
if ("transfer" in ArrayBuffer.prototype) new ArrayBuffer(FREED_BYTES).transfer(0);

/** [tile, pitch, TILE_PIXELS]: the two pixels of a tile alternate. */
const pixelPairs = new Float64Array(PIXELS_LENGTH + DEPTH_UNIT * tilePixels);
const even0 = pixelView(0, 0);
const odd0 = pixelView(0, 1);
const even1 = pixelView(1, 0);
const odd1 = pixelView(1, 1);
const even2 = pixelView(2, 0);
const odd2 = pixelView(2, 1);
const even3 = pixelView(3, 0);
const odd3 = pixelView(3, 1);

/** The pixels as they look from depth `step` of pixel `pixel` of a tile on. */
function pixelView(step: number, pixel: number) {
  const from = step * tilePixels + pixel;
  return pixelPairs.subarray(from, from + PIXELS_LENGTH);
}

/** A pass of one panel, [PASS_DEPTH, TILE_CHANNELS]. */
const panel = new Float64Array(PASS_DEPTH * tileChannels + DEPTH_UNIT * tileChannels);
const weight00 = weightView(0, 0);
const weight01 = weightView(0, 1);
const weight02 = weightView(0, 2);
const weight03 = weightView(0, 3);
const weight10 = weightView(1, 0);
const weight11 = weightView(1, 1);
const weight12 = weightView(1, 2);
const weight13 = weightView(1, 3);
const weight20 = weightView(2, 0);
const weight21 = weightView(2, 1);
const weight22 = weightView(2, 2);
const weight23 = weightView(2, 3);
const weight30 = weightView(3, 0);
const weight31 = weightView(3, 1);
const weight32 = weightView(3, 2);
const weight33 = weightView(3, 3);

/** The weights as they look from depth `step` of channel `channel` on. */
function weightView(step: number, channel: number) {
  const from = step * tileChannels + channel;
  return panel.subarray(from, from + PASS_DEPTH * tileChannels);
}

/** [tile, TILE_PIXELS, TILE_CHANNELS], which is [pixel, TILE_CHANNELS]. */
const sums = new Float64Array(MAX_TILES * tilePixels * tileChannels + tilePixels * tileChannels);
const sum00 = sumView(0, 0);
const sum01 = sumView(0, 1);
const sum02 = sumView(0, 2);
const sum03 = sumView(0, 3);
const sum10 = sumView(1, 0);
const sum11 = sumView(1, 1);
const sum12 = sumView(1, 2);
const sum13 = sumView(1, 3);

/** The sums as they look from channel `channel` of pixel `pixel` of a tile on. */
function sumView(pixel: number, channel: number) {
  const from = pixel * tileChannels + channel;
  return sums.subarray(from, from + MAX_TILES * tilePixels * tileChannels);
}

/** The same array for those who fill it. */
export const PIXELS = pixelPairs;

/** Elements of a pixel's row. */
export function pitchOf(depth: number): number {
  return Math.ceil(depth / DEPTH_UNIT) * DEPTH_UNIT;
}

/** Takes over a panel's rows [count, TILE_CHANNELS] from element `from` on. */
export function loadPanel(panels: Float32Array, from: number, count: number) {
  const weights = panel;
  const length = count * tileChannels;
  for (let i = 0; i < length; i++) weights[i] = panels[from + i]!;
}

/**
 * SUMS[pixel, channel] += Σₖ pixels[pixel, first + k] · panel[k, channel] over k < count.
 * @param pixels how many; an odd count leaves the second half of its last tile as it was
 * @param pitch from one tile's pixels to the next one's, in steps of the depth
 * @param count a multiple of DEPTH_UNIT
 */
export function multiplyTiles(pixels: number, pitch: number, first: number, count: number) {
  // Named outside the loops: the compiler takes a module's constant for one only where no loop surrounds its name.
  const v00 = sum00;
  const v01 = sum01;
  const v02 = sum02;
  const v03 = sum03;
  const v10 = sum10;
  const v11 = sum11;
  const v12 = sum12;
  const v13 = sum13;
  const evens0 = even0;
  const evens1 = even1;
  const evens2 = even2;
  const evens3 = even3;
  const odds0 = odd0;
  const odds1 = odd1;
  const odds2 = odd2;
  const odds3 = odd3;
  const w00 = weight00;
  const w01 = weight01;
  const w02 = weight02;
  const w03 = weight03;
  const w10 = weight10;
  const w11 = weight11;
  const w12 = weight12;
  const w13 = weight13;
  const w20 = weight20;
  const w21 = weight21;
  const w22 = weight22;
  const w23 = weight23;
  const w30 = weight30;
  const w31 = weight31;
  const w32 = weight32;
  const w33 = weight33;
  for (let pixel = 0; pixel < pixels; pixel += tilePixels) {
    const rows = pixels - pixel;
    const row = (pixel * pitch + first * tilePixels) | 0;
    const sum = (pixel * tileChannels) | 0;
    let s00 = v00[sum]!;
    let s01 = v01[sum]!;
    let s02 = v02[sum]!;
    let s03 = v03[sum]!;
    let s10 = v10[sum]!;
    let s11 = v11[sum]!;
    let s12 = v12[sum]!;
    let s13 = v13[sum]!;
    for (let k = 0; k < count; k += DEPTH_UNIT) {
      const p = (row + k * tilePixels) | 0;
      const w = (k * tileChannels) | 0;
      const a0 = w00[w]!;
      const a1 = w01[w]!;
      const a2 = w02[w]!;
      const a3 = w03[w]!;
      const evena = evens0[p]!;
      s00 += evena * a0;
      s01 += evena * a1;
      s02 += evena * a2;
      s03 += evena * a3;
      if (rows > 1) {
        const odda = odds0[p]!;
        s10 += odda * a0;
        s11 += odda * a1;
        s12 += odda * a2;
        s13 += odda * a3;
      }
      const b0 = w10[w]!;
      const b1 = w11[w]!;
      const b2 = w12[w]!;
      const b3 = w13[w]!;
      const evenb = evens1[p]!;
      s00 += evenb * b0;
      s01 += evenb * b1;
      s02 += evenb * b2;
      s03 += evenb * b3;
      if (rows > 1) {
        const oddb = odds1[p]!;
        s10 += oddb * b0;
        s11 += oddb * b1;
        s12 += oddb * b2;
        s13 += oddb * b3;
      }
      const c0 = w20[w]!;
      const c1 = w21[w]!;
      const c2 = w22[w]!;
      const c3 = w23[w]!;
      const evenc = evens2[p]!;
      s00 += evenc * c0;
      s01 += evenc * c1;
      s02 += evenc * c2;
      s03 += evenc * c3;
      if (rows > 1) {
        const oddc = odds2[p]!;
        s10 += oddc * c0;
        s11 += oddc * c1;
        s12 += oddc * c2;
        s13 += oddc * c3;
      }
      const d0 = w30[w]!;
      const d1 = w31[w]!;
      const d2 = w32[w]!;
      const d3 = w33[w]!;
      const evend = evens3[p]!;
      s00 += evend * d0;
      s01 += evend * d1;
      s02 += evend * d2;
      s03 += evend * d3;
      if (rows > 1) {
        const oddd = odds3[p]!;
        s10 += oddd * d0;
        s11 += oddd * d1;
        s12 += oddd * d2;
        s13 += oddd * d3;
      }
    }
    v00[sum] = s00;
    v01[sum] = s01;
    v02[sum] = s02;
    v03[sum] = s03;
    v10[sum] = s10;
    v11[sum] = s11;
    v12[sum] = s12;
    v13[sum] = s13;
  }
}

/** Every sum starts with its channel's bias; channels behind the last one with 0. */
export function startSums(bias: Float32Array, channel: number, count: number, pixels: number) {
  const v0 = sum00;
  const v1 = sum01;
  const v2 = sum02;
  const v3 = sum03;
  const b0 = bias[channel]!;
  const b1 = count > 1 ? bias[channel + 1]! : 0;
  const b2 = count > 2 ? bias[channel + 2]! : 0;
  const b3 = count > 3 ? bias[channel + 3]! : 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const sum = (pixel * tileChannels) | 0;
    v0[sum] = b0;
    v1[sum] = b1;
    v2[sum] = b2;
    v3[sum] = b3;
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
  const v0 = sum00;
  const v1 = sum01;
  const v2 = sum02;
  const v3 = sum03;
  const count = Math.min(tileChannels, channels - channel);
  for (let pixel = from; pixel < to; pixel++) {
    const sum = ((pixel - from) * tileChannels) | 0;
    const out = pixel * channels + channel;
    output[out] = activate(v0[sum]!, relu6);
    if (count > 1) output[out + 1] = activate(v1[sum]!, relu6);
    if (count > 2) output[out + 2] = activate(v2[sum]!, relu6);
    if (count > 3) output[out + 3] = activate(v3[sum]!, relu6);
  }
}
