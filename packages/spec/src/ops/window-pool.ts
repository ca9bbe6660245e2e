import { INPUT, WINDOWS, type Layer, type Shape, type WindowRule } from "../graph/index.ts";

export interface WindowPool {
  readonly name: string;
  readonly kernel: number;
  readonly stride: number;
  readonly input: Shape;
  /** Windows within the plane alone without this. */
  readonly padding?: WindowRule;
  /** What it reads: the network's input without this. */
  readonly inputs?: readonly string[];
}

/** What pools by windows share: of every channel on its own, whatever lies in the plane. */
export function windowPoolLayer(type: "average-pool" | "max-pool", pool: WindowPool): Layer {
  const { padding = "valid", inputs = [INPUT], ...rest } = pool;
  const { kernel, stride, input } = rest;
  const rows = WINDOWS[padding](input[0], kernel, stride);
  const columns = WINDOWS[padding](input[1], kernel, stride);
  return {
    ...rest,
    type,
    inputs,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    groups: 1,
    output: [rows.output, columns.output, input[2]],
    batchNorm: false,
    activation: "none",
    multAdds: 0,
    params: 0,
  };
}

/**
 * Gathers the values under every window, one channel after the other.
 * @param reduce makes an output of them; padding is not among them
 */
export function reduceWindows(
  layer: Layer,
  input: Float64Array,
  reduce: (values: readonly number[]) => number,
): Float64Array {
  const [height, width, channels] = layer.input;
  const [rows, columns] = layer.output;
  const { kernel, stride, padding } = layer;
  const output = new Float64Array(rows * columns * channels);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let c = 0; c < channels; c++) {
        const values: number[] = [];
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++) {
            const iy = y * stride + ky - padding.top;
            const ix = x * stride + kx - padding.left;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            values.push(input[(iy * width + ix) * channels + c]!);
          }
        output[(y * columns + x) * channels + c] = reduce(values);
      }
  return output;
}
