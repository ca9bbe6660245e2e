import { elements, WINDOWS, type Layer, type Shape, type WindowRule } from "../graph/index.ts";
import { forEachTap } from "./for-each-tap.ts";
import { makeLayer } from "./make-layer.ts";

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
  const { padding = "valid", ...rest } = pool;
  const { kernel, stride, input } = rest;
  const rows = WINDOWS[padding](input[0], kernel, stride);
  const columns = WINDOWS[padding](input[1], kernel, stride);
  return makeLayer({
    ...rest,
    type,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    output: [rows.output, columns.output, input[2]],
  });
}

/**
 * Gathers the values under every window, of every channel for itself.
 * @param reduce makes an output of them; padding is not among them
 */
export function reduceWindows(
  layer: Layer,
  input: Float64Array,
  reduce: (values: readonly number[]) => number,
): Float64Array {
  const [, , channels] = layer.output;
  const under = Array.from({ length: elements(layer.output) }, (): number[] => []);
  forEachTap(layer, (to, from) => {
    for (let c = 0; c < channels; c++) under[to * channels + c]!.push(input[from * channels + c]!);
  });
  return Float64Array.from(under, (values) => reduce(values));
}
