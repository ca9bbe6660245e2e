import { $, block, br_if, f32x4, i32, local, loop, v128, type Input, type Local } from "wasmati";
import type { Layer } from "@mobilenet-bench/spec";
import type { Level } from "../simd/level.ts";

/** accumulator += x · y, lane by lane, as the level has it. */
export function multiplyAdd(level: Level, accumulator: Local<"v128">, x: Input<"v128">, y: Input<"v128">) {
  if (level === "baseline") {
    f32x4.mul(x, y);
    f32x4.add($, accumulator);
  } else f32x4.relaxed_madd(x, y, accumulator);
  local.set(accumulator, $);
}

/**
 * Clamps for the layer's activation, in place. `pmin` and `pmax` are one instruction each on every machine,
 * and with the value as the first operand they let NaN through.
 */
export function activate(activation: Layer["activation"], value: Local<"v128">) {
  if (activation === "none") return;
  f32x4.pmax(value, v128.const("f32x4", [0, 0, 0, 0]));
  if (activation === "relu6") f32x4.pmin($, v128.const("f32x4", [6, 6, 6, 6]));
  local.set(value, $);
}

/** pointer += bytes */
export function advance(pointer: Local<"i32">, bytes: Input<"i32">) {
  local.set(pointer, i32.add(pointer, bytes));
}

/** Runs `body` as often as the counter says, also not at all; the counter ends at 0. */
export function countDown(counter: Local<"i32">, body: () => void) {
  block({}, (done) => {
    i32.eqz(counter);
    br_if(done);
    loop({}, (again) => {
      body();
      local.tee(counter, i32.sub(counter, 1));
      br_if(again);
    });
  });
}

/** The types of `count` ≥ 1 vector locals. */
export function vectors(count: number): [typeof v128, ...(typeof v128)[]] {
  return [v128, ...Array.from({ length: count - 1 }, () => v128)];
}
