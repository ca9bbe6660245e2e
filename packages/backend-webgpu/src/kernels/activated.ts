import type { Layer } from "@mobilenet-bench/spec";

/** WGSL: a sum after the layer's activation. */
export function activated({ activation }: Layer, sum: string): string {
  return activation === "relu6" ? `clamp(${sum}, vec4f(0), vec4f(6))` : sum;
}
