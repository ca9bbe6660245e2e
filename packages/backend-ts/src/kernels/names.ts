import { kernelName } from "@mobilenet-bench/backend";
import type { TsLayer } from "../computes.ts";

/** What computes each layer type; tiles are pixels × channels, or pixels, at a time. */
export const KERNEL_NAMES: Readonly<Record<TsLayer["type"], string>> = {
  convolution: nameOf("convolution", "2x4"),
  depthwise: nameOf("depthwise", "2"),
  pointwise: nameOf("pointwise", "2x4"),
  pool: nameOf("pool", "1"),
  dense: nameOf("dense", "1x4"),
};

function nameOf(op: string, tile: string): string {
  return kernelName({ op, storage: "f32", arithmetic: "f64", tile });
}
