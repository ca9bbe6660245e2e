import type { TsLayer } from "./computes.ts";
import { pitchOf, TILE_CHANNELS } from "./kernels/tile.ts";

/**
 * Multiply–adds that one inference executes: those of the network and, beside them, those with the zeros that round
 * depths and channels up to the tile's and odd rows up to pairs. Pools add; they count 0, as in the paper.
 */
export function executedMultAdds(layers: readonly TsLayer[]): number {
  return layers.reduce((sum, layer) => sum + executedBy(layer), 0);
}

function executedBy({ type, kernel, input, output }: TsLayer): number {
  const [rows, columns, channels] = output;
  const taps = kernel * kernel;
  switch (type) {
    case "pool":
      return 0;
    case "depthwise":
      return rows * (columns + (columns & 1)) * taps * channels;
    case "convolution":
    case "pointwise":
    case "dense":
      return rows * columns * pitchOf(taps * input[2]) * Math.ceil(channels / TILE_CHANNELS) * TILE_CHANNELS;
  }
}
