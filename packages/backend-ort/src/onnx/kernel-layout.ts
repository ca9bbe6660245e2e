import type { WeightedLayer } from "@mobilenet-bench/spec";

/**
 * The kernel of a convolution as ONNX has it: [out, in, k, k] from the spec's [k, k, in, out], and
 * [channels, 1, k, k] from a depthwise [k, k, channels, 1].
 */
export function outputFirst(layer: WeightedLayer, kernel: Float32Array) {
  const { kernel: size, output, input, type } = layer;
  const channels = output[2];
  const depth = type === "depthwise" ? 1 : input[2];
  const taps = size * size;
  const data = new Float32Array(kernel.length);
  for (let tap = 0; tap < taps; tap++)
    for (let d = 0; d < depth; d++)
      for (let c = 0; c < channels; c++)
        data[(c * depth + d) * taps + tap] = kernel[(tap * depth + d) * channels + c]!;
  return { data, dimensions: [channels, depth, size, size] };
}
