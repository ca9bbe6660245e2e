import { kernelName } from "@mobilenet-bench/backend";
import type { Level } from "../simd/level.ts";

/**
 * What one pass of a kernel's innermost loop keeps in registers: output pixels × output channels. It is the
 * `tile` in a kernel's name.
 */
export interface Tile {
  readonly pixels: number;
  /** A multiple of 4. */
  readonly channels: number;
}

/** The name of code that keeps float32 in memory and computes with it. */
export function floatKernelName(op: string, { pixels, channels }: Tile, level: Level): string {
  const tile = `${pixels}x${channels}`;
  return kernelName({ op, storage: "f32", arithmetic: "f32", tile, feature: level });
}
