import type { Actual } from "@mobilenet-bench/backend";
import { onDevice, type Block, type Doubt, type ProcessorUse } from "@mobilenet-bench/results";
import { median, quantile } from "simple-statistics";

/**
 * Where one thread has this share of the processor time, no other one computes: what is left is the runtime's own
 * (compilers, garbage collection). Of two that compute on the smallest network, the busier one has 0.5 to 0.8.
 */
const ALONE = 0.9;
/** So many cores more than threads named: helpers of the runtime take a third of one at most. */
const MORE_CORES = 0.5;
/** A runtime's own work after a block takes 1 ms or so. */
const REST_MS = 5;
/** Garbage collection takes its 20 ms after every other block; what a backend does, it does after each. */
const REST_QUANTILE = 0.25;

/**
 * What a cell did with the processor; undefined where that could not be told. Medians over blocks, since a compiler or
 * a garbage collector may take its share of any.
 * @param restsCpuMs processor time after each warm-up and block, while nothing was asked
 */
export function processorUse(
  blocks: readonly (Block & { readonly samplesMs: readonly number[] })[],
  restsCpuMs: readonly number[],
): ProcessorUse | undefined {
  const cores = blocks.flatMap(({ cpuMs, samplesMs }) => {
    const wallMs = samplesMs.reduce((sum, ms) => sum + ms, 0);
    return cpuMs === undefined || wallMs === 0 ? [] : [cpuMs / wallMs];
  });
  const shares = blocks.flatMap(({ busiestShare }) => busiestShare ?? []);
  if (cores.length === 0 || restsCpuMs.length === 0) return undefined;
  return {
    cores: median(cores),
    ...(shares.length > 0 && { busiestShare: median(shares) }),
    restCpuMs: quantile([...restsCpuMs], REST_QUANTILE),
  };
}

/** What speaks against taking a figure for what it says it is, though every answer was right. */
export function doubtsOf(actual: Actual, use: ProcessorUse | undefined): Doubt[] {
  if (!use) return [];
  const { threads } = actual;
  const { cores, busiestShare = 0, restCpuMs } = use;
  const doubts: Doubt[] = [];
  // Where a device computes, threads are not what its speed depends on, and a processor may play the device.
  if (!onDevice(actual)) {
    const says = `It says that ${threads === 1 ? "1 thread computes" : `${threads} threads compute`}`;
    if (threads > 1 && busiestShare >= ALONE)
      doubts.push({
        kind: "threads",
        reason: `${says}; one alone has ${(busiestShare * 100).toFixed(0)} % of the processor time.`,
      });
    if (cores >= threads + MORE_CORES)
      doubts.push({ kind: "threads", reason: `${says}; they keep ${cores.toFixed(1)} cores busy.` });
  }
  if (restCpuMs >= REST_MS)
    doubts.push({
      kind: "rest",
      reason: `It works on for ${restCpuMs.toFixed(0)} ms of processor time after the last answer of a block.`,
    });
  return doubts;
}
