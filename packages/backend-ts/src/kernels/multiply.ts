import { shareOf, type Share } from "../share.ts";
import type { Step } from "../step.ts";
import { packPixels } from "./pack-pixels.ts";
import { relu } from "./relu.ts";
import {
  loadPanel,
  MAX_TILES,
  multiplyTiles,
  PASS_DEPTH,
  PIXELS_LENGTH,
  pitchOf,
  startSums,
  storeSums,
  TILE_CHANNELS,
  TILE_PIXELS,
} from "./tile.ts";

/** Float64 elements of the pixels that a band aims at: 512 KiB, which an L2 of 1 MiB holds. */
const BAND_LENGTH = 1 << 16;
/** Tiles that a band has at least, so that converting the weights costs little beside using them. */
const MIN_TILES = 16;

/**
 * Convolution, pointwise and dense layers as a matrix product: pixels [rows · columns, depth] times kernel
 * [depth, channels], depth = kernel · kernel · input channels; a dense layer has one pixel.
 *
 * Against the naive loops: a band of pixels is packed once and stays in L2 while every panel of four channels
 * passes over it, and each panel is converted to float64 and stays in L1 while it passes over the band.
 *
 * Threads split the longer of the two axes. Every output is summed up in the same order by whichever thread.
 */
export function multiply(step: Step, input: Float32Array, output: Float32Array, share: Share) {
  const { layer, bias } = step;
  const [rows, columns, channels] = layer.output;
  const pixels = rows * columns;
  const depth = layer.kernel * layer.kernel * layer.input[2];
  const byPixels = pixels > channels;
  const own = byPixels ? shareOf(pixels, TILE_PIXELS, share) : { from: 0, to: pixels };
  const ownChannels = byPixels ? { from: 0, to: channels } : shareOf(channels, TILE_CHANNELS, share);
  if (ownChannels.from === ownChannels.to) return;
  const pitch = pitchOf(depth);
  const band = TILE_PIXELS * bandTiles(pitch);
  for (let from = own.from; from < own.to; from += band) {
    const to = Math.min(own.to, from + band);
    packPixels(layer, input, from, to);
    for (let channel = ownChannels.from; channel < ownChannels.to; channel += TILE_CHANNELS) {
      startSums(bias, channel, Math.min(TILE_CHANNELS, channels - channel), to - from);
      for (let first = 0; first < depth; first += PASS_DEPTH) {
        const count = Math.min(PASS_DEPTH, depth - first);
        loadPanel(step.kernel, channel * depth + first * TILE_CHANNELS, count);
        multiplyTiles(to - from, pitch, first, pitchOf(count));
      }
      storeSums(output, from, to, channel, channels, layer.activation === "relu6");
    }
  }
  relu(layer, output, own, ownChannels);
}

/** Tiles of a band. The pixel array holds one tile of any model whose weights fit an array. */
function bandTiles(pitch: number) {
  const length = pitch * TILE_PIXELS;
  const tiles = Math.max(MIN_TILES, Math.floor(BAND_LENGTH / length));
  return Math.min(MAX_TILES, tiles, Math.floor(PIXELS_LENGTH / length));
}
