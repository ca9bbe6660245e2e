import type { Layer } from "@mobilenet-bench/spec";

/** WGSL: a sum after the layer's activation. */
export function activated({ activation }: Layer, sum: string): string {
  switch (activation) {
    case "relu6":
      return `clamp(${sum}, vec4f(0), vec4f(6))`;
    case "relu":
      return `max(${sum}, vec4f(0))`;
    case "none":
      return sum;
  }
}
