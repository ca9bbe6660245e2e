import type { Layer } from "@mobilenet-bench/spec";
import { activate } from "./activate.ts";

/**
 * A window of three rows of a plane and the 3×3 filter that runs along it, one filter per channel.
 *
 * As in the tile of the matrix product, the scratch arrays are constants of this module that are not exported, so
 * that the compiler knows their addresses and lengths and checks each index once for all rows or all taps. Sums of
 * indices end in `| 0`, so that it need not look for overflow.
 */

/**
 * Float64 elements of one row: enough for 16 per column of any picture that fits memory. Memory that no model
 * needs is never touched.
 */
const ROW_LENGTH = 1 << 18;
/** Most channels at a time. */
export const MAX_BLOCK = 2048;
/** Elements between streams read together: without them, powers of two would crowd one set of the L1 cache. */
const GAP = 8;

/** From one row of the window to the next. */
const ROW_PITCH = ROW_LENGTH + GAP;

/** Rows [width, channels + GAP], one behind the other. */
const window = new Float64Array(3 * ROW_PITCH);
const row0 = window.subarray(0, ROW_LENGTH);
const row1 = window.subarray(ROW_PITCH, ROW_PITCH + ROW_LENGTH);
const row2 = window.subarray(2 * ROW_PITCH, 2 * ROW_PITCH + ROW_LENGTH);

/** One value per channel: the nine taps (row, column) and the bias. */
const taps = new Float64Array(10 * (MAX_BLOCK + GAP));
const tap00 = tapArray(0);
const tap01 = tapArray(1);
const tap02 = tapArray(2);
const tap10 = tapArray(3);
const tap11 = tapArray(4);
const tap12 = tapArray(5);
const tap20 = tapArray(6);
const tap21 = tapArray(7);
const tap22 = tapArray(8);
const offset = tapArray(9);

function tapArray(index: number) {
  const from = index * (MAX_BLOCK + GAP);
  return taps.subarray(from, from + MAX_BLOCK);
}

/** Takes over the taps [3, 3, channels] and biases of channels [channel, channel + count). */
export function loadTaps(
  kernel: Float32Array,
  bias: Float32Array,
  channels: number,
  channel: number,
  count: number,
) {
  for (let c = 0; c < count; c++) {
    const at = channel + c;
    tap00[c] = kernel[at]!;
    tap01[c] = kernel[channels + at]!;
    tap02[c] = kernel[2 * channels + at]!;
    tap10[c] = kernel[3 * channels + at]!;
    tap11[c] = kernel[4 * channels + at]!;
    tap12[c] = kernel[5 * channels + at]!;
    tap20[c] = kernel[6 * channels + at]!;
    tap21[c] = kernel[7 * channels + at]!;
    tap22[c] = kernel[8 * channels + at]!;
    offset[c] = bias[at]!;
  }
}

/** What rows are filled from: channels [channel, channel + count) of the input of `layer`. */
export interface RowSource {
  readonly layer: Layer;
  readonly input: Float32Array;
  /** Columns of the window, the padding included. */
  readonly width: number;
  readonly channel: number;
  readonly count: number;
}

/** Moves the last `kept` rows to the front. */
export function slideRows(kept: number, width: number, count: number) {
  const used = width * (count + GAP);
  for (let row = 0; row < kept; row++) {
    const from = (row + 3 - kept) * ROW_PITCH;
    window.copyWithin(row * ROW_PITCH, from, from + used);
  }
}

/** Row `row` of the window becomes input row `y`, zero outside the plane. */
export function fillRow(row: number, y: number, { layer, input, width, channel, count }: RowSource) {
  const [height, columns, channels] = layer.input;
  const { left } = layer.padding;
  const pitch = count + GAP;
  const start = row * ROW_PITCH;
  const inside = y >= 0 && y < height;
  const to = inside ? Math.min(columns + left, width) : left;
  window.fill(0, start, start + left * pitch);
  const values = window;
  for (let x = left; x < to; x++) {
    const from = (y * columns + x - left) * channels + channel;
    const at = start + x * pitch;
    for (let c = 0; c < count; c++) values[at + c] = input[from + c]!;
  }
  window.fill(0, start + to * pitch, start + width * pitch);
}

/**
 * One row of outputs, from element `out` of the output on, pixels `channels` apart.
 *
 * Against the naive loops: two neighbouring pixels are computed at a time, channel by channel, so that each tap is
 * loaded once for both; sums stay in registers.
 */
export function filterRow(
  output: Float32Array,
  out: number,
  columns: number,
  channels: number,
  count: number,
  stride: number,
  relu6: boolean,
) {
  const pitch = count + GAP;
  for (let x = 0; x < columns; x += 2) {
    const at = out + x * channels;
    const from = x * stride * pitch;
    const both = x + 1 < columns;
    filterPair(output, at, channels, count, from, pitch, stride, both, relu6);
  }
}

/** Two pixels, channel by channel; only the first is stored unless `both`. */
function filterPair(
  output: Float32Array,
  at: number,
  channels: number,
  count: number,
  from: number,
  pitch: number,
  stride: number,
  both: boolean,
  relu6: boolean,
) {
  const r0 = row0;
  const r1 = row1;
  const r2 = row2;
  const t00 = tap00;
  const t01 = tap01;
  const t02 = tap02;
  const t10 = tap10;
  const t11 = tap11;
  const t12 = tap12;
  const t20 = tap20;
  const t21 = tap21;
  const t22 = tap22;
  const b = offset;
  const step = stride * pitch;
  for (let c = 0; c < count; c++) {
    const x0 = (from + c) | 0;
    const x1 = (x0 + pitch) | 0;
    const x2 = (x1 + pitch) | 0;
    const y0 = (x0 + step) | 0;
    const y1 = (y0 + pitch) | 0;
    const y2 = (y1 + pitch) | 0;
    let first = b[c]!;
    let second = first;
    const w00 = t00[c]!;
    first += r0[x0]! * w00;
    const w01 = t01[c]!;
    first += r0[x1]! * w01;
    const w02 = t02[c]!;
    first += r0[x2]! * w02;
    second += r0[y0]! * w00;
    second += r0[y1]! * w01;
    second += r0[y2]! * w02;
    const w10 = t10[c]!;
    first += r1[x0]! * w10;
    const w11 = t11[c]!;
    first += r1[x1]! * w11;
    const w12 = t12[c]!;
    first += r1[x2]! * w12;
    second += r1[y0]! * w10;
    second += r1[y1]! * w11;
    second += r1[y2]! * w12;
    const w20 = t20[c]!;
    first += r2[x0]! * w20;
    const w21 = t21[c]!;
    first += r2[x1]! * w21;
    const w22 = t22[c]!;
    first += r2[x2]! * w22;
    second += r2[y0]! * w20;
    second += r2[y1]! * w21;
    second += r2[y2]! * w22;
    output[at + c] = activate(first, relu6);
    if (both) output[at + channels + c] = activate(second, relu6);
  }
}
