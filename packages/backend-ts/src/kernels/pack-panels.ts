import { TILE_CHANNELS } from "./tile.ts";

/**
 * Rearranges a kernel [depth, channels] into [⌈channels / 4⌉, depth, 4], zeros behind the last channel, so that
 * the weights of one tile's channels are read in one stream.
 */
export function packPanels(
  kernel: Float32Array,
  channels: number,
  allocate: (length: number) => Float32Array,
): Float32Array {
  const depth = kernel.length / channels;
  const panels = allocate(Math.ceil(channels / TILE_CHANNELS) * depth * TILE_CHANNELS);
  // Rows outside: each line of the kernel is read once, and the writes go on in one stream per panel.
  for (let k = 0; k < depth; k++) {
    const row = k * channels;
    for (let c = 0; c < channels; c++)
      panels[((c >> 2) * depth + k) * TILE_CHANNELS + (c & 3)] = kernel[row + c]!;
  }
  return panels;
}
