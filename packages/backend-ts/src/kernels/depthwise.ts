import { shareOf, type Share } from "../share.ts";
import type { Step } from "../step.ts";
import { relu } from "./relu.ts";
import { fillRow, filterRow, loadTaps, MAX_BLOCK, slideRows } from "./row-filter.ts";

/** Float64 elements of one row that a block of channels aims at: three rows stay in a 512 KiB L2. */
const BLOCK_LENGTH = 1 << 13;
const MIN_BLOCK = 8;

/**
 * Depthwise 3×3 convolution, stride 1 or 2, NHWC.
 *
 * Against the naive loops: a window of three input rows is kept in float64 with its zero padding and slides down
 * the plane, so that each value is converted once and the inner loop knows no borders; see `filterRow` for that.
 *
 * Threads split rows or channels, whichever are more.
 */
export function depthwise(
  { layer, kernel, bias }: Step,
  input: Float32Array,
  output: Float32Array,
  share: Share,
) {
  const [rows, columns, channels] = layer.output;
  const { stride, padding } = layer;
  const byRows = rows > channels;
  const ownRows = byRows ? shareOf(rows, 1, share) : { from: 0, to: rows };
  const own = byRows ? { from: 0, to: channels } : shareOf(channels, 1, share);
  const relu6 = layer.activation === "relu6";
  // Outputs are computed in pairs: for an odd count the window has the columns of one more.
  const width = (columns + (columns & 1) - 1) * stride + 3;
  const block = blockChannels(own.to - own.from, width);
  for (let channel = own.from; channel < own.to; channel += block) {
    const count = Math.min(block, own.to - channel);
    const source = { layer, input, width, channel, count };
    loadTaps(kernel, bias, channels, channel, count);
    for (let y = ownRows.from; y < ownRows.to; y++) {
      const top = y * stride - padding.top;
      const kept = y === ownRows.from ? 0 : 3 - stride;
      slideRows(kept, width, count);
      for (let ky = kept; ky < 3; ky++) fillRow(ky, top + ky, source);
      filterRow(output, y * columns * channels + channel, columns, channels, count, stride, relu6);
    }
  }
  relu(layer, output, { from: ownRows.from * columns, to: ownRows.to * columns }, own);
}

/** Channels at a time: blocks of about one size, as few as keep a row of the window short. */
function blockChannels(channels: number, width: number) {
  const fitting = Math.min(MAX_BLOCK, Math.max(MIN_BLOCK, Math.floor(BLOCK_LENGTH / width)));
  return Math.ceil(channels / Math.ceil(channels / fitting));
}
