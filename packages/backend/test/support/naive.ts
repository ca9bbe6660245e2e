import { ACTIVATIONS, type FoldedLayer, type Layer } from "@mobilenet-bench/spec";

/** What one layer computes with. */
export interface Computation extends FoldedLayer {
  readonly layer: Layer;
  /** Least and largest value of the output. */
  readonly clamp: readonly [number, number];
}

/** How values are rounded: after every operation, and when kept in memory. */
export interface Rounding {
  readonly operation: (value: number) => number;
  readonly storage: (value: number) => number;
}

export const SINGLE: Rounding = { operation: Math.fround, storage: Math.fround };
/** Float16 in memory, sums in float32. */
export const HALF: Rounding = { operation: Math.fround, storage: roundToHalf };

/** IEEE 754 binary16, to nearest and on ties to even, with subnormals; overflow does not happen here. */
export function roundToHalf(value: number): number {
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(value))));
  const quantum = 2 ** (exponent - 10);
  const scaled = value / quantum;
  const down = Math.floor(scaled);
  const rest = scaled - down;
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return (up ? down + 1 : down) * quantum;
}

export function computationOf(layer: Layer, folded: FoldedLayer): Computation {
  return { layer, ...folded, clamp: ACTIVATIONS[layer.activation] };
}

/**
 * A layer by its definition, one output element after the other, every operation rounded: independent of
 * the reference, which sums in another order.
 */
export function computeNaively(
  { layer, kernel, bias, clamp }: Computation,
  input: Float32Array,
  { operation, storage }: Rounding,
): Float32Array {
  const [height, width, depth] = layer.input;
  const [rows, columns, channels] = layer.output;
  const output = new Float32Array(rows * columns * channels);
  // Each value is read many times, and is the same in memory every time.
  const [stored, kept, offsets] = [input.map(storage), kernel.map(storage), bias.map(storage)];
  const add = (sum: number, i: number, w: number) => operation(sum + operation(stored[i]! * w));
  const mean = (c: number) => {
    let sum = 0;
    for (let pixel = 0; pixel < height * width; pixel++) sum = operation(sum + stored[pixel * depth + c]!);
    return operation(sum / (height * width));
  };
  const weightedSum = (y: number, x: number, c: number) => {
    let sum = 0;
    for (let ky = 0; ky < layer.kernel; ky++)
      for (let kx = 0; kx < layer.kernel; kx++) {
        const iy = y * layer.stride + ky - layer.padding.top;
        const ix = x * layer.stride + kx - layer.padding.left;
        if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
        const pixel = (iy * width + ix) * depth;
        const tap = ky * layer.kernel + kx;
        if (layer.type === "depthwise") sum = add(sum, pixel + c, kept[tap * channels + c]!);
        else
          for (let d = 0; d < depth; d++) sum = add(sum, pixel + d, kept[(tap * depth + d) * channels + c]!);
      }
    return operation(sum + offsets[c]!);
  };
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let c = 0; c < channels; c++) {
        const value = layer.type === "pool" ? mean(c) : weightedSum(y, x, c);
        output[(y * columns + x) * channels + c] = storage(Math.min(Math.max(value, clamp[0]), clamp[1]));
      }
  return output;
}
