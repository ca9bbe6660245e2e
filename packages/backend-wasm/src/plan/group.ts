import type { Layer } from "@mobilenet-bench/spec";
import type { Placement } from "../kernels/table.ts";
import { rowBytes } from "../layout/layout.ts";
import { share, split } from "../layout/split.ts";
import { F32 } from "../layout/units.ts";
import { at } from "../list.ts";
import type { Group, Split } from "../run/plan.ts";

/**
 * Bytes of depthwise output that one thread keeps between the two layers of a pair: as many as the pointwise
 * layer's weights, which are read once per band, but at least {@link MIN_BAND} and at most half of a usual
 * second cache.
 */
const MIN_BAND = 64 * 1024;
const MAX_BAND = 512 * 1024;
/** The share of time that threads may idle before a layer is split by channels instead of by rows. */
const IMBALANCE = 1.1;

/** By rows unless some threads would get noticeably fewer than others; a pool or dense layer has one row. */
export function splitOf(layer: Layer, threads: number): Split {
  const [rows] = layer.output;
  return (Math.ceil(rows / threads) * threads) / rows <= IMBALANCE ? "rows" : "channels";
}

/** Pairs every depthwise layer with the pointwise layer that follows it. */
export function groupLayers(placements: readonly Placement[], threads: number): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < placements.length;) {
    const { layer, output } = at(placements, i);
    const next = placements[i + 1]?.layer;
    const pair = layer.type === "depthwise" && next?.type === "pointwise";
    const rows = splitOf(layer, threads) === "rows" ? Math.ceil(output.height / threads) : output.height;
    const bytes = Math.min(MAX_BAND, Math.max(MIN_BAND, (next?.params ?? 0) * F32));
    const bands = split(rows, Math.max(1, Math.floor(bytes / rowBytes(output))));
    const bandRows = bands[0] ?? 1;
    groups.push({
      name: pair ? `${layer.name}+${next.name}` : layer.name,
      first: i,
      count: pair ? 2 : 1,
      bandRows,
      bandBytes: bandRows * rowBytes(output),
    });
    i += pair ? 2 : 1;
  }
  return groups;
}

/** Every number of pixels that one call of layer i's kernel may be asked for. */
export function pixelTotals(
  i: number,
  placements: readonly Placement[],
  groups: readonly Group[],
  threads: number,
): number[] {
  const { layer, output } = at(placements, i);
  const { height, width } = output;
  const parts = splitOf(layer, threads) === "rows" ? share(height, threads) : [height];
  const group = groups.find(({ first, count }) => count === 2 && first + 1 === i);
  const bands = group ? parts.flatMap((rows) => (rows > 0 ? split(rows, group.bandRows) : [])) : [];
  return [...new Set([...parts, ...bands])].map((rows) => rows * width);
}
