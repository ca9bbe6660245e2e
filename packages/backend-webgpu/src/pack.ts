import type { FoldedLayer, Layer, Shape } from "@mobilenet-bench/spec";
import { VECTOR, vectors } from "./kernels/kernel.ts";
import { readsImage } from "./kernels/ops.ts";

/** Floats in memory of their own, as WebGPU takes them. */
export type Packed = Float32Array<ArrayBuffer>;

/** Rows of `from` elements become rows of `to`, filled up with zeros (or cut to fewer). */
function resizeRows(values: Float32Array, from: number, to: number): Packed {
  if (from === to) return values.slice();
  const rows = values.length / from;
  const resized = new Float32Array(rows * to);
  for (let row = 0; row < rows; row++)
    resized.set(values.subarray(row * from, row * from + Math.min(from, to)), row * to);
  return resized;
}

const padded = (channels: number) => vectors(channels) * VECTOR;

/** An activation with channels in vectors of four. */
export function packActivation(values: Float32Array, [, , channels]: Shape): Packed {
  return resizeRows(values, channels, padded(channels));
}

/** The inverse of {@link packActivation}. */
export function unpackActivation(values: Float32Array, [, , channels]: Shape): Float32Array {
  return resizeRows(values, padded(channels), channels);
}

/** Floats of a packed activation. */
export function packedLength([height, width, channels]: Shape): number {
  return height * width * padded(channels);
}

/**
 * Kernel and bias as shaders read them: output channels in vectors of four, and each tap's input channels filled
 * up to vectors too, except those of the image, whose taps follow one another.
 */
export function packWeights(layer: Layer, { kernel, bias }: FoldedLayer): Record<keyof FoldedLayer, Packed> {
  const [, , depth] = layer.input;
  const [, , channels] = layer.output;
  const width = padded(channels);
  const rows = resizeRows(kernel, channels, width);
  const packedBias = resizeRows(bias, channels, width);
  if (layer.type === "depthwise") return { kernel: rows, bias: packedBias };
  const tap = readsImage(layer) ? layer.kernel * layer.kernel * depth : depth;
  return { kernel: resizeRows(rows, tap * width, padded(tap) * width), bias: packedBias };
}
