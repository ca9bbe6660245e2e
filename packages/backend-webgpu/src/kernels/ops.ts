import type { Layer } from "@mobilenet-bench/spec";
import type { WebGpuLayer } from "../computes.ts";
import type { Kernel, Storage } from "./kernel.ts";
import { materialize } from "./materialize.ts";
import { multiply } from "./multiply.ts";
import { depthwise, imagePatches, patches, pixels, pool } from "./stage.ts";
import type { Tile } from "./tile.ts";

/** Channels of an image, which comes as it is given: float32 and not padded. No layer has so few. */
const IMAGE_CHANNELS = 3;

export function readsImage({ type, input: [, , channels] }: Layer): boolean {
  return type === "convolution" && channels === IMAGE_CHANNELS;
}

/** The kernel of one layer; `tile` is of no account where nothing is multiplied. */
export function layerKernel(layer: WebGpuLayer, tile: Tile, storage: Storage): Kernel {
  switch (layer.type) {
    case "convolution":
      return multiply(
        layer.type,
        layer,
        readsImage(layer) ? imagePatches(layer) : patches(layer),
        tile,
        storage,
      );
    case "pointwise":
    case "dense":
      return multiply(layer.type, layer, pixels(layer), tile, storage);
    case "depthwise":
      return materialize(layer.type, depthwise(layer), storage);
    case "pool":
      return materialize(layer.type, pool(layer), storage);
  }
}

/** The kernel of two layers, of which the first is computed on the way: depthwise and pointwise, or pool and dense. */
export function fusedKernel(first: Layer, second: Layer, tile: Tile, storage: Storage): Kernel {
  return first.type === "pool"
    ? multiply("classifier", second, pool(first), tile, storage)
    : multiply("separable", second, depthwise(first), tile, storage);
}
