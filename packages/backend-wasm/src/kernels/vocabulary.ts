import { $, f32x4, i32, local, v128, type Input, type Local } from "wasmati";
import type { Level } from "../simd/level.ts";

/** Bytes of a float32 and of a vector of four. */
export const F32 = 4;
export const V128 = 16;

/** accumulator += x · y, lane by lane, as the level has it. */
export function multiplyAdd(level: Level, accumulator: Local<"v128">, x: Input<"v128">, y: Input<"v128">) {
  if (level === "baseline") {
    f32x4.mul(x, y);
    f32x4.add($, accumulator);
  } else f32x4.relaxed_madd(x, y, accumulator);
  local.set(accumulator, $);
}

/** pointer += bytes */
export function advance(pointer: Local<"i32">, bytes: number | Local<"i32">) {
  local.set(pointer, i32.add(pointer, bytes));
}

/** The types of `count` ≥ 1 vector locals. */
export function vectors(count: number): [typeof v128, ...(typeof v128)[]] {
  return [v128, ...Array.from({ length: count - 1 }, () => v128)];
}

/** 0, 1, … count − 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The element, which must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`[backend-wasm] No element ${index} of ${list.length}.`);
  return element;
}
