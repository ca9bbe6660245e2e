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
          for (let c = 0; c < depth; c++)
            addScaled(
              output,
              out,
              kernel,
              ((ky * size + kx) * depth + c) * channels,
              channels,
              input[pixel + c] ?? NaN,
            );
        }
      }
    }
  return output;
}

/** output[out…] += scale · kernel[from…], `count` elements. A zero adds nothing (kernels are finite). */
function addScaled(
  output: Float64Array,
  out: number,
  kernel: Float64Array,
  from: number,
  count: number,
  scale: number,
) {
  if (scale === 0) return;
  for (let i = 0; i < count; i++) output[out + i]! += scale * kernel[from + i]!;
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
