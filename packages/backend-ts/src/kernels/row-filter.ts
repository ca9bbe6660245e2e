import type { Layer } from "@mobilenet-bench/spec";
import { activate } from "./activate.ts";

/**
 * A window of three rows of a plane and the 3×3 filter that runs along it, one filter per channel.
 *
 * As in the tile of the matrix product, the scratch arrays are constants of this module that are not exported, so
 * that the compiler knows their addresses and lengths and checks each index once for all rows or all taps.
 */

/** Float64 elements of one row; what a model does not need is never touched. */
export const ROW_LENGTH = 1 << 18;
/** Most channels at a time. */
export const MAX_BLOCK = 2048;
/** Elements behind each pixel of a row: without them, power-of-two widths would crowd a few sets of the L1 cache. */
const GAP = 8;

/** Rows [width, channels + GAP], one behind the other. */
const window = new Float64Array(3 * ROW_LENGTH);
const row0 = window.subarray(0, ROW_LENGTH);
const row1 = window.subarray(ROW_LENGTH, 2 * ROW_LENGTH);
const row2 = window.subarray(2 * ROW_LENGTH);

/** One value per channel: the nine taps (row, column) and the bias. */
const tap00 = new Float64Array(MAX_BLOCK);
const tap01 = new Float64Array(MAX_BLOCK);
const tap02 = new Float64Array(MAX_BLOCK);
const tap10 = new Float64Array(MAX_BLOCK);
const tap11 = new Float64Array(MAX_BLOCK);
const tap12 = new Float64Array(MAX_BLOCK);
const tap20 = new Float64Array(MAX_BLOCK);
const tap21 = new Float64Array(MAX_BLOCK);
const tap22 = new Float64Array(MAX_BLOCK);
const offset = new Float64Array(MAX_BLOCK);

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
    const from = (row + 3 - kept) * ROW_LENGTH;
    window.copyWithin(row * ROW_LENGTH, from, from + used);
  }
}

/** Row `row` of the window becomes input row `y`, zero outside the plane. */
export function fillRow(row: number, y: number, { layer, input, width, channel, count }: RowSource) {
  const [height, columns, channels] = layer.input;
  const { left } = layer.padding;
  const pitch = count + GAP;
  const start = row * ROW_LENGTH;
  const inside = y >= 0 && y < height;
  const to = inside ? Math.min(columns + left, width) : left;
  window.fill(0, start, start + left * pitch);
  for (let x = left; x < to; x++)
    copyPixel(input, (y * columns + x - left) * channels + channel, count, start + x * pitch);
  window.fill(0, start + to * pitch, start + width * pitch);
}

function copyPixel(input: Float32Array, from: number, count: number, at: number) {
  for (let c = 0; c < count; c++) window[at + c] = input[from + c]!;
}

/**
 * One row of outputs, from element `out` of the output on, pixels `channels` apart.
 *
 * Against the naive loops: two neighbouring pixels are computed at a time, channel by channel, so that each tap is
 * loaded once for both and, at stride 1, the columns that they share are too; sums stay in registers.
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
    if (stride === 1) filterPair1(output, at, channels, count, from, pitch, both, relu6);
    else filterPair2(output, at, channels, count, from, pitch, both, relu6);
  }
}

/** Two pixels at stride 1, from 4 columns of the window; only the first is stored unless `both`. */
function filterPair1(
  output: Float32Array,
  at: number,
  channels: number,
  count: number,
  from: number,
  pitch: number,
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
  for (let c = 0; c < count; c++) {
    const x0 = from + c;
    const x1 = x0 + pitch;
    const x2 = x1 + pitch;
    const x3 = x2 + pitch;
    let first = b[c]!;
    let second = first;
    first += r0[x0]! * t00[c]!;
    second += r0[x1]! * t00[c]!;
    first += r0[x1]! * t01[c]!;
    second += r0[x2]! * t01[c]!;
    first += r0[x2]! * t02[c]!;
    second += r0[x3]! * t02[c]!;
    first += r1[x0]! * t10[c]!;
    second += r1[x1]! * t10[c]!;
    first += r1[x1]! * t11[c]!;
    second += r1[x2]! * t11[c]!;
    first += r1[x2]! * t12[c]!;
    second += r1[x3]! * t12[c]!;
    first += r2[x0]! * t20[c]!;
    second += r2[x1]! * t20[c]!;
    first += r2[x1]! * t21[c]!;
    second += r2[x2]! * t21[c]!;
    first += r2[x2]! * t22[c]!;
    second += r2[x3]! * t22[c]!;
    output[at + c] = activate(first, relu6);
    if (both) output[at + channels + c] = activate(second, relu6);
  }
}

/** Two pixels at stride 2, from 5 columns of the window; only the first is stored unless `both`. */
function filterPair2(
  output: Float32Array,
  at: number,
  channels: number,
  count: number,
  from: number,
  pitch: number,
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
  for (let c = 0; c < count; c++) {
    const x0 = from + c;
    const x1 = x0 + pitch;
    const x2 = x1 + pitch;
    const x3 = x2 + pitch;
    const x4 = x3 + pitch;
    let first = b[c]!;
    let second = first;
    first += r0[x0]! * t00[c]!;
    second += r0[x2]! * t00[c]!;
    first += r0[x1]! * t01[c]!;
    second += r0[x3]! * t01[c]!;
    first += r0[x2]! * t02[c]!;
    second += r0[x4]! * t02[c]!;
    first += r1[x0]! * t10[c]!;
    second += r1[x2]! * t10[c]!;
    first += r1[x1]! * t11[c]!;
    second += r1[x3]! * t11[c]!;
    first += r1[x2]! * t12[c]!;
    second += r1[x4]! * t12[c]!;
    first += r2[x0]! * t20[c]!;
    second += r2[x2]! * t20[c]!;
    first += r2[x1]! * t21[c]!;
    second += r2[x3]! * t21[c]!;
    first += r2[x2]! * t22[c]!;
    second += r2[x4]! * t22[c]!;
    output[at + c] = activate(first, relu6);
    if (both) output[at + channels + c] = activate(second, relu6);
  }
}
