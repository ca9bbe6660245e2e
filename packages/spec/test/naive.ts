import type { Layer } from "@mobilenet-bench/spec";

/**
 * A layer before its activation, written independently of the package: the input is copied into a plane with
 * a border of zeros (TensorFlow's formula), and each output element gathers its window from there.
 */
export function naiveLinear(
  layer: Layer,
  kernel: Float64Array,
  bias: Float64Array,
  input: Float64Array,
): Float64Array {
  const [height, width, depth] = layer.input;
  const [rows, columns, channels] = layer.output;
  const output = new Float64Array(rows * columns * channels);
  const size = layer.type === "dense" ? 1 : layer.kernel;
  const stride = layer.type === "pool" ? height : layer.stride;
  const padded = pad(input, height, width, depth, size, stride);
  const at = (y: number, x: number, c: number) => padded.get(`${y},${x},${c}`) ?? 0;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let o = 0; o < channels; o++) {
        let sum = bias[o] ?? 0;
        for (let ky = 0; ky < size; ky++)
          for (let kx = 0; kx < size; kx++) {
            const [py, px, tap] = [y * stride + ky, x * stride + kx, ky * size + kx];
            if (layer.type === "pool") sum += at(py, px, o) / (height * width);
            else if (layer.type === "depthwise") sum += at(py, px, o) * (kernel[tap * depth + o] ?? NaN);
            else
              for (let c = 0; c < depth; c++)
                sum += at(py, px, c) * (kernel[(tap * depth + c) * channels + o] ?? NaN);
          }
        output[(y * columns + x) * channels + o] = sum;
      }
  return output;
}

/** The input by padded coordinates; what is absent is zero. */
function pad(
  input: Float64Array,
  height: number,
  width: number,
  depth: number,
  size: number,
  stride: number,
): Map<string, number> {
  const before = (length: number) =>
    Math.floor(Math.max(0, size - (length % stride === 0 ? stride : length % stride)) / 2);
  const padded = new Map<string, number>();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < depth; c++)
        padded.set(
          `${y + before(height)},${x + before(width)},${c}`,
          input[(y * width + x) * depth + c] ?? NaN,
        );
  return padded;
}
