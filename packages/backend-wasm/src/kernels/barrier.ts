import { $, block, br_if, drop, func, i32, i64, if_, local, loop, memory, return_ } from "wasmati";
import { ARRIVED, ROUND } from "../run/control.ts";
import type { Code } from "./module.ts";

const NANOSECONDS_PER_MS = 1_000_000n;
/** What `memory.atomic.wait64` returns when the time has passed. */
const TIMED_OUT = 2;
/** Looks at the round before a thread sleeps: tens of microseconds. */
const SPINS = 20_000;

/**
 * Waits until all `threads` have arrived; see `run/control.ts` for where its words lie.
 *
 * Against `Atomics.wait` alone: threads finish a layer within microseconds of each other, and waking a
 * sleeping one takes longer than that, so a thread looks a bounded number of times before it sleeps.
 *
 * Argument: milliseconds to sleep at most, negative for no limit. Returns 0, or 1 where that time has passed.
 */
export function barrier(threads: number): Code {
  return func({ in: [i32], locals: [i32, i64, i32], out: [i32] }, ([timeout], [front, round, spins]) => {
    local.set(round, i64.atomic.load({ offset: ROUND }, front));
    i32.eq(i32.atomic.rmw.add({ offset: ARRIVED }, front, 1), threads - 1);
    if_({}, () => {
      // The last to arrive opens the next round.
      i32.atomic.store({ offset: ARRIVED }, front, 0);
      i64.atomic.store({ offset: ROUND }, front, i64.add(round, 1n));
      memory.atomic.notify({ offset: ROUND }, front, threads);
      drop();
      i32.const(0);
      return_();
    });
    block({}, (opened) => {
      local.set(spins, SPINS);
      loop({}, (spin) => {
        i64.ne(i64.atomic.load({ offset: ROUND }, front), round);
        br_if(opened);
        local.tee(spins, i32.sub(spins, 1));
        br_if(spin);
      });
      loop({}, (sleep) => {
        i64.ne(i64.atomic.load({ offset: ROUND }, front), round);
        br_if(opened);
        local.get(front);
        local.get(round);
        i64.mul(i64.extend_i32_s(timeout), NANOSECONDS_PER_MS);
        memory.atomic.wait64({ offset: ROUND }, $, $, $);
        i32.ne($, TIMED_OUT);
        br_if(sleep);
        i32.const(1);
        return_();
      });
    });
    i32.const(0);
  });
}
