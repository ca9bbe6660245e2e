import type { Layer } from "@mobilenet-bench/spec";
import type { Comparison } from "./compare.ts";
import type { Expected } from "./expect.ts";

/** `fed`: the layer alone, on the reference's input. `chained`: within one inference. */
export type LayerMode = "fed" | "chained";

/** The worst element of a wrong output. */
export interface Divergence {
  readonly layer: string;
  readonly mode: LayerMode;
  /** Row, column and channel; absent where the length is wrong. */
  readonly position?: readonly [y: number, x: number, c: number];
  readonly expected?: number;
  readonly actual?: number;
  readonly bound: number;
  readonly reason: string;
  /** What lies around it; absent where the length is wrong. */
  readonly neighbourhood?: Neighbourhood;
}

/** An element: what it must be, and what it is. */
export interface Sample {
  readonly expected: number;
  readonly actual: number;
}

/** The elements around one, clipped at the edges: a pattern tells a wrong pad from a wrong weight. */
export interface Neighbourhood {
  /** Rows and columns of `plane`. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The same channel, by row and column. */
  readonly plane: readonly (readonly Sample[])[];
  /** Channels of `pixel`. */
  readonly channels: readonly number[];
  /** The same pixel, by channel. */
  readonly pixel: readonly Sample[];
}

/** Pixels, and channels, shown on each side. */
const PIXELS = 1;
const CHANNELS = 2;

/** Describes a comparison that is not ok. */
export function divergence(
  layer: Layer,
  mode: LayerMode,
  actual: Float32Array,
  { values }: Pick<Expected, "values">,
  { bound, worstFraction, worstIndex, reason = "" }: Comparison,
): Divergence {
  const wrong = { layer: layer.name, mode, bound };
  const what = `Layer ${layer.name} is wrong (${mode})`;
  if (worstIndex < 0) return { ...wrong, reason: `${what}: ${reason}` };
  const [, width, channels] = layer.output;
  const pixel = Math.floor(worstIndex / channels);
  const position = [Math.floor(pixel / width), pixel % width, worstIndex % channels] as const;
  const found = {
    ...wrong,
    position,
    expected: values[worstIndex]!,
    actual: actual[worstIndex]!,
    neighbourhood: neighbourhood(layer, actual, values, position),
  };
  if (worstFraction <= 1) return { ...found, reason: `${what}: ${reason}` };
  const is = `${actual[worstIndex]}, expected ${values[worstIndex]} ± ${bound.toExponential(2)}.`;
  return { ...found, reason: `${what} at [${position.join(", ")}]: ${is}` };
}

function neighbourhood(
  { output: [height, width, depth] }: Layer,
  actual: Float32Array,
  values: Float64Array,
  [y, x, c]: readonly [y: number, x: number, c: number],
): Neighbourhood {
  const rows = around(y, PIXELS, height);
  const columns = around(x, PIXELS, width);
  const channels = around(c, CHANNELS, depth);
  const sample = (y: number, x: number, c: number): Sample => {
    const index = (y * width + x) * depth + c;
    return { expected: values[index]!, actual: actual[index]! };
  };
  return {
    rows,
    columns,
    plane: rows.map((row) => columns.map((column) => sample(row, column, c))),
    channels,
    pixel: channels.map((channel) => sample(y, x, channel)),
  };
}

/** Whole numbers from 0 to below `size` that are at most `radius` away. */
function around(center: number, radius: number, size: number): number[] {
  const first = Math.max(0, center - radius);
  const last = Math.min(size - 1, center + radius);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
