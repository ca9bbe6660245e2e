import type { Layer } from "@mobilenet-bench/spec";
import type { Kernel, Storage } from "./kernel.ts";
import { multiplyDirect } from "./multiply-direct.ts";
import { multiplyScratch } from "./multiply-scratch.ts";
import { multiplyShared } from "./multiply-shared.ts";
import type { Stage } from "./stage.ts";
import type { Tile } from "./tile.ts";

/** Staged matrix × kernel + bias, then the activation of `layer`, whose output it is. */
export function multiply(op: string, layer: Layer, stage: Stage, tile: Tile, storage: Storage): Kernel {
  switch (tile.kind) {
    case "shared":
      return multiplyShared(op, layer, stage, tile, storage);
    case "direct":
      return multiplyDirect(op, layer, stage, tile, storage);
    case "scratch":
    case "quad":
      return multiplyScratch(op, layer, stage, tile, storage);
  }
}
