import type { Network } from "../graph/index.ts";
import { weightedLayers } from "../ops/index.ts";

/** Biases keep it whatever kernels are stored in. */
const BIAS_BYTES = 4;

/**
 * What the weights of a model take on disk, batch norm folded: every kernel element in the given number of bytes, and a
 * bias in float32 for each output channel. What a file format adds (names, scales) is not in it.
 * @param bytesPerWeight 4 for float32, 2 for float16, 1 for 8-bit integers
 */
export function weightBytes(model: Network, bytesPerWeight: number): number {
  const biases = weightedLayers(model).reduce((sum, { output: [, , channels] }) => sum + channels, 0);
  return model.params * bytesPerWeight + biases * BIAS_BYTES;
}
