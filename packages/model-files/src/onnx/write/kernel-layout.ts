import type { WeightedLayer } from "@mobilenet-bench/spec";

/** Output channels moved in one go: a cache line of the source, and as many lines of the target at a time. */
const BLOCK = 16;

/**
 * The kernel of a convolution as ONNX has it: [out, in, k, k] from the spec's [k, k, in, out], and
 * [channels, 1, k, k] from a depthwise [k, k, channels, 1].
 */
export function outputFirst(layer: WeightedLayer, kernel: Float32Array) {
  const { kernel: size, output, input, type } = layer;
  const channels = output[2];
  const depth = type === "depthwise" ? 1 : input[2];
  const taps = size * size;
  const row = depth * taps;
  const data = new Float32Array(kernel.length);
  for (let first = 0; first < channels; first += BLOCK) {
    const end = Math.min(first + BLOCK, channels);
    for (let tap = 0; tap < taps; tap++)
      for (let d = 0; d < depth; d++) {
        const from = (tap * depth + d) * channels;
        const to = d * taps + tap;
        for (let c = first; c < end; c++) data[c * row + to] = kernel[from + c]!;
      }
  }
  return { data, dimensions: [channels, depth, size, size] };
}
