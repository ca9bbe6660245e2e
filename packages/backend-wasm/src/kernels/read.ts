import { $, br_if, func, i32, i32x4, local, loop, v128 } from "wasmati";
import { V128 } from "../layout/units.ts";
import { advance, vectors } from "./vocabulary.ts";

/** Sums that do not wait for each other. */
const CHAINS = 8;

/** What one turn of the loop reads. */
export const READ_STEP = CHAINS * V128;

/**
 * Sums an array of 32-bit integers, lane by lane in chains: one addition for each vector, so that loads decide how long it
 * takes. From the first address to the second, a multiple of {@link READ_STEP} bytes and at least one; the sums are stored at 0.
 */
export function readCode() {
  return func({ in: [i32, i32], locals: vectors(CHAINS), out: [] }, ([address, end], sums) => {
    loop({}, () => {
      for (const [i, sum] of sums.entries()) {
        v128.load({ offset: i * V128 }, address);
        i32x4.add($, sum);
        local.set(sum, $);
      }
      advance(address, READ_STEP);
      i32.lt_u(address, end);
      br_if(0);
    });
    for (const [i, sum] of sums.entries()) v128.store({ offset: i * V128 }, 0, sum);
  });
}
