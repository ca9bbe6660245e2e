import { layersFor } from "@mobilenet-bench/backend";
import type { Model } from "@mobilenet-bench/spec";
import { COMPUTES, type WebGpuLayer } from "./computes.ts";
import type { Kernel, Storage } from "./kernels/kernel.ts";
import { fusedKernel, layerKernel } from "./kernels/ops.ts";
import { candidateTiles, singleTiles, type TileSet } from "./kernels/table.ts";

/** A dispatch: a kernel and the layers that it computes. */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly layers: readonly WebGpuLayer[];
}

/** Layers that can be computed together, and the ways to do so, the best guess first. */
export interface Group {
  readonly layers: readonly WebGpuLayer[];
  readonly candidates: readonly Candidate[];
}

export type Candidate = readonly Dispatch[];

/** Pairs whose first layer can be computed on the way into the second one. */
const FUSED: Partial<Record<WebGpuLayer["type"], WebGpuLayer["type"]>> = {
  depthwise: "pointwise",
  pool: "dense",
};

/** A model's groups in order. */
export function planGroups(model: Model, tiles: TileSet, storage: Storage): readonly Group[] {
  const layers = layersFor("webgpu", model, COMPUTES);
  const groups: Group[] = [];
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    const next = layers[i + 1];
    if (next && FUSED[layer.type] === next.type) {
      groups.push(pair(layer, next, tiles, storage));
      i++;
    } else groups.push({ layers: [layer], candidates: single(layer, tiles, storage) });
  }
  return groups;
}

function single(layer: WebGpuLayer, tiles: TileSet, storage: Storage): readonly Candidate[] {
  return singleTiles(layer, tiles).map((tile) => [
    { kernel: layerKernel(layer, tile, storage), layers: [layer] },
  ]);
}

function pair(first: WebGpuLayer, second: WebGpuLayer, tiles: TileSet, storage: Storage): Group {
  const fused = candidateTiles(second, first.type === "pool" ? tiles.classifier : tiles.separable, tiles).map(
    (tile): Candidate => [{ kernel: fusedKernel(first, second, tile, storage), layers: [first, second] }],
  );
  const [after = []] = single(second, tiles, storage);
  const [before = []] = single(first, tiles, storage);
  return { layers: [first, second], candidates: [...fused, [...before, ...after]] };
}

/** The name of a group in reports: `Conv2d_1_depthwise+Conv2d_1_pointwise`. */
export function groupName({ layers }: Pick<Group, "layers">): string {
  return layers.map(({ name }) => name).join("+");
}
