import { elements, type Layer, type WeightedOperation } from "../graph/index.ts";

/** Every channel on its own, with its own window; kernel `[kernel, kernel, channels, 1]`. */
export const depthwise: WeightedOperation = {
  kernelShape: ({ kernel, output: [, , channels] }) => [kernel, kernel, channels, 1],
  linear: (layer, kernel, bias, [input]) => filter(layer, kernel, bias, input),
};

function filter(layer: Layer, kernel: Float64Array, bias: Float64Array, input: Float64Array) {
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
