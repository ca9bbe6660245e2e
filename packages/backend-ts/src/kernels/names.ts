import type { ComputedLayer } from "../step.ts";

/** What computes each layer type: operation, arithmetic, and pixels × channels (or pixels) at a time. */
export const KERNEL_NAMES: Readonly<Record<ComputedLayer["type"], string>> = {
  convolution: "convolution-f64-2x4",
  depthwise: "depthwise-f64-2",
  pointwise: "pointwise-f64-2x4",
  pool: "pool-f64-1",
  dense: "dense-f64-1x4",
};
