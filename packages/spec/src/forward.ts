import { elements, type Layer } from "./layer.ts";

/**
 * What a layer means, in float64 and in the plainest loops that are not painfully slow: the definition of
 * correct for every backend, not a competitor to any.
 *
 * Activations are NHWC without the N. Kernels: convolution and pointwise `[kernel, kernel, in, out]`,
 * depthwise `[kernel, kernel, channels]`, dense `[in, out]`.
 */
type Numbers = Float64Array | Float32Array;

/** A layer's output; `kernel` and `bias` are empty for pool and softmax. */
export function forward(layer: Layer, kernel: Numbers, bias: Numbers, input: Numbers): Float64Array {
  const output = linear(layer, kernel, bias, input);
  if (layer.type === "softmax") return softmax(output);
  if (layer.activation === "relu6")
    for (let i = 0; i < output.length; i++) output[i] = Math.min(Math.max(output[i] ?? NaN, 0), 6);
  return output;
}

/** The sum of products and the bias, before the activation: also what error bounds are computed with. */
export function linear(layer: Layer, kernel: Numbers, bias: Numbers, input: Numbers): Float64Array {
  // V8 compiles one loop per element type; float64 throughout keeps it monomorphic and free of conversions.
  const k = float64(kernel);
  const b = float64(bias);
  const x = float64(input);
  switch (layer.type) {
    case "convolution":
    case "pointwise":
    case "dense":
      return convolution(layer, k, b, x);
    case "depthwise":
      return depthwise(layer, k, b, x);
    case "pool":
      return pool(layer, x);
    case "softmax":
      return x.slice();
  }
}

function float64(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : new Float64Array(numbers);
}

/** A dense layer is the 1×1 convolution of a 1×1 plane. */
function convolution(layer: Layer, kernel: Float64Array, bias: Float64Array, input: Float64Array) {
  const [height, width, depth] = layer.input;
  const [rows, columns, channels] = layer.output;
  const { kernel: size, stride, padding } = layer;
  const output = new Float64Array(rows * columns * channels);
  const used = new Int32Array(depth);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const out = (y * columns + x) * channels;
      output.set(bias, out);
      for (let ky = 0; ky < size; ky++) {
        const iy = y * stride + ky - padding.top;
        if (iy < 0 || iy >= height) continue;
        for (let kx = 0; kx < size; kx++) {
          const ix = x * stride + kx - padding.left;
          if (ix < 0 || ix >= width) continue;
          const pixel = (iy * width + ix) * depth;
          const tap = (ky * size + kx) * depth;
          const count = findNonzero(input, pixel, used);
          let n = 0;
          for (; n + 4 <= count; n += 4) addFour(output, out, channels, kernel, tap, input, pixel, used, n);
          for (; n < count; n++)
            addScaled(output, out, channels, kernel, (tap + used[n]!) * channels, input[pixel + used[n]!]!);
        }
      }
    }
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

/** output[out…] += scale · kernel[from…], `channels` elements. */
function addScaled(
  output: Float64Array,
  out: number,
  channels: number,
  kernel: Float64Array,
  from: number,
  scale: number,
) {
  for (let i = 0; i < channels; i++) output[out + i]! += scale * kernel[from + i]!;
}

/** Four of {@link addScaled} in their order, with the same roundings: the output is read and written once. */
function addFour(
  output: Float64Array,
  out: number,
  channels: number,
  kernel: Float64Array,
  tap: number,
  input: Float64Array,
  pixel: number,
  used: Int32Array,
  n: number,
) {
  const [c0, c1, c2, c3] = [used[n]!, used[n + 1]!, used[n + 2]!, used[n + 3]!];
  const [s0, s1, s2, s3] = [input[pixel + c0]!, input[pixel + c1]!, input[pixel + c2]!, input[pixel + c3]!];
  const [k0, k1] = [(tap + c0) * channels, (tap + c1) * channels];
  const [k2, k3] = [(tap + c2) * channels, (tap + c3) * channels];
  for (let i = 0; i < channels; i++)
    output[out + i] =
      output[out + i]! +
      s0 * kernel[k0 + i]! +
      s1 * kernel[k1 + i]! +
      s2 * kernel[k2 + i]! +
      s3 * kernel[k3 + i]!;
}

function depthwise(layer: Layer, kernel: Float64Array, bias: Float64Array, input: Float64Array) {
  const [height, width, channels] = layer.input;
  const [rows, columns] = layer.output;
  const { kernel: size, stride, padding } = layer;
  const output = new Float64Array(elements(layer.output));
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const out = (y * columns + x) * channels;
      output.set(bias, out);
      for (let ky = 0; ky < size; ky++) {
        const iy = y * stride + ky - padding.top;
        if (iy < 0 || iy >= height) continue;
        for (let kx = 0; kx < size; kx++) {
          const ix = x * stride + kx - padding.left;
          if (ix < 0 || ix >= width) continue;
          const pixel = (iy * width + ix) * channels;
          const tap = (ky * size + kx) * channels;
          for (let c = 0; c < channels; c++) output[out + c]! += input[pixel + c]! * kernel[tap + c]!;
        }
      }
    }
  return output;
}

function pool(layer: Layer, input: Float64Array) {
  const [height, width, channels] = layer.input;
  const output = new Float64Array(channels);
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let c = 0; c < channels; c++) output[c]! += input[pixel * channels + c]!;
  return output.map((sum) => sum / (height * width));
}

/** With the maximum subtracted first, so that no exponential overflows. */
function softmax(logits: Float64Array) {
  const maximum = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = logits.map((logit) => Math.exp(logit - maximum));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}
