import { $, br_if, f32x4, func, i32, local, loop, v128 } from "wasmati";
import { LANES, V128 } from "../layout/units.ts";
import { at } from "../list.ts";
import type { Level } from "../simd/level.ts";
import { floatKernelName } from "./tile.ts";
import { vectors as vectorTypes } from "./vocabulary.ts";

/**
 * accumulator = accumulator · x + y in registers alone: no kernel can multiply and add faster.
 *
 * The accumulator is a factor, so that nothing is invariant in the loop, and with x = y = 1 it counts the
 * iterations, so that the result can be checked. As many chains as registers allow hide the latency.
 * Memory: [chains] accumulators, then x, then y, 16 bytes each (32 for `wide`, as pairs).
 */
export function peakCode(level: Level) {
  const lanes = level === "wide" ? 2 : 1;
  const vectors = (CHAINS + 2) * lanes;
  const code = func({ in: [i32], locals: vectorTypes(vectors), out: [] }, ([iterations], all) => {
    const accumulators = all.slice(0, CHAINS * lanes);
    for (const [i, vector] of all.entries()) local.set(vector, v128.load({ offset: i * V128 }, 0));
    loop({}, () => {
      for (const [i, accumulator] of accumulators.entries()) {
        const x = at(all, CHAINS * lanes + (i % lanes));
        const y = at(all, (CHAINS + 1) * lanes + (i % lanes));
        if (level === "baseline") {
          f32x4.mul(accumulator, x);
          f32x4.add($, y);
        } else f32x4.relaxed_madd(accumulator, x, y);
        local.set(accumulator, $);
      }
      local.tee(iterations, i32.sub(iterations, 1));
      br_if(0);
    });
    for (const [i, accumulator] of accumulators.entries()) v128.store({ offset: i * V128 }, 0, accumulator);
  });
  return {
    name: floatKernelName("peak", { pixels: CHAINS, channels: LANES * lanes }, level),
    code,
    /** Of the memory that it works on, and how many of them are accumulators. */
    floats: vectors * LANES,
    accumulatorFloats: CHAINS * lanes * LANES,
  };
}

/** Of 15 or 16 registers two hold x and y; multiply then add needs one more for the product. */
const CHAINS = 12;
