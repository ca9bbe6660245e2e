import type { BlockState } from "@mobilenet-bench/results";
import { happenedBetween, readBlockCounters } from "./counters.ts";
import { readFrequencies } from "./frequency.ts";
import { thisMachine, type Machine } from "./machine.ts";

/**
 * Begins to look at the machine, before a block; what is returned tells, after it, what of its state decides whether
 * the block counts. Both read a few files, in a fraction of a millisecond, and nothing is read between.
 */
export function watchBlock(
  machine: Machine = thisMachine(),
  now: () => number = () => performance.now(),
): () => BlockState {
  const before = readBlockCounters(machine, now());
  return () => {
    const after = readBlockCounters(machine, now());
    const { steal, pressure, throttled, thermalThrottles } = happenedBetween(before, after);
    const frequencies = readFrequencies(machine.files, machine.clocks);
    return {
      steal,
      ...(pressure.cpu !== undefined && { cpuPressure: pressure.cpu }),
      ...(throttled !== undefined && { throttled }),
      ...(thermalThrottles !== undefined && { thermalThrottles }),
      ...(frequencies.length > 0 && { frequencyMHz: Math.max(...frequencies) }),
    };
  };
}
