import type { Layer, WeightedOperation } from "../graph/index.ts";
import { forEachTap } from "./for-each-tap.ts";
import { startingAt } from "./starting-at.ts";

/**
 * Every channel of the output from a window over all channels of the input, or over those of its group; kernel
 * `[kernel, kernel, in / groups, out]`.
 */
export const convolution: WeightedOperation = {
  kernelShape: ({ kernel, groups, input: [, , depth], output: [, , channels] }) => [
    kernel,
    kernel,
    depth / groups,
    channels,
  ],
  linear: (layer, kernel, bias, [input]) => convolve(layer, kernel, bias, input),
};

/** Sums of products and biases; a dense layer is the 1×1 convolution of a 1×1 plane. */
export function convolve(layer: Layer, kernel: Float64Array, bias: Float64Array, input: Float64Array) {
  const { groups } = layer;
  const [depth, channels] = [layer.input[2], layer.output[2]];
  const [groupDepth, groupChannels] = [depth / groups, channels / groups];
  const output = startingAt(bias, layer.output);
  const used = new Int32Array(groupDepth);
  forEachTap(layer, (to, from, place) => {
    for (let group = 0; group < groups; group++) {
      const pixel = from * depth + group * groupDepth;
      const first = group * groupChannels;
      const tap = place * groupDepth * channels + first;
      const count = findNonzero(input, pixel, used);
      const at = to * channels + first;
      let n = 0;
      for (; n + 4 <= count; n += 4)
        addFour(output, at, groupChannels, kernel, tap, channels, input, pixel, used, n);
      for (; n < count; n++) {
        const start = tap + used[n]! * channels;
        addScaled(output, at, groupChannels, kernel, start, input[pixel + used[n]!]!);
      }
    }
  });
  return output;
}

/**
 * The channels of a pixel that are not zero, into `used`; a zero adds nothing (kernels are finite).
 * @returns how many
 */
function findNonzero(input: Float64Array, pixel: number, used: Int32Array): number {
  let count = 0;
  for (let c = 0; c < used.length; c++) if (input[pixel + c]! !== 0) used[count++] = c;
  return count;
}

/** output[out…] += scale · kernel[from…], `length` elements. */
function addScaled(
  output: Float64Array,
  out: number,
  length: number,
  kernel: Float64Array,
  from: number,
  scale: number,
) {
  for (let i = 0; i < length; i++) output[out + i]! += scale * kernel[from + i]!;
}

/** Four of {@link addScaled} in their order, with the same roundings: the output is read and written once. */
function addFour(
  output: Float64Array,
  out: number,
  length: number,
  kernel: Float64Array,
  tap: number,
  channels: number,
  input: Float64Array,
  pixel: number,
  used: Int32Array,
  n: number,
) {
  const [c0, c1, c2, c3] = [used[n]!, used[n + 1]!, used[n + 2]!, used[n + 3]!];
  const [s0, s1, s2, s3] = [input[pixel + c0]!, input[pixel + c1]!, input[pixel + c2]!, input[pixel + c3]!];
  const [k0, k1] = [tap + c0 * channels, tap + c1 * channels];
  const [k2, k3] = [tap + c2 * channels, tap + c3 * channels];
  for (let i = 0; i < length; i++)
    output[out + i] =
      output[out + i]! +
      s0 * kernel[k0 + i]! +
      s1 * kernel[k1 + i]! +
      s2 * kernel[k2 + i]! +
      s3 * kernel[k3 + i]!;
}
