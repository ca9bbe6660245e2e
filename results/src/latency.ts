import { median, minSorted, quantileSorted } from "simple-statistics";
import type { Protocol } from "./protocol.ts";
import type { Block, Latency } from "./schema.ts";

/** A block with the time of each inference. */
export interface TimedBlock extends Block {
  readonly samplesMs: number[];
}

/** A number in [0, 1). */
export type Random = () => number;

/**
 * The latency of a cell from its blocks; blocks left out by rule do not count.
 * The median is that of the block medians, since inferences within a block are not independent. Its interval is
 * the 95 % percentile bootstrap in two stages: sets are drawn, and blocks within each that was drawn, since the blocks
 * of one process are alike, too. It holds within the run and says nothing of another.
 * @returns undefined where no block counts
 */
export function summarizeLatency(
  blocks: readonly TimedBlock[],
  { resamples, p90MinInferences }: Pick<Protocol, "resamples" | "p90MinInferences">,
  random: Random,
): Latency | undefined {
  const counted = blocks.filter(({ excluded }) => excluded === undefined);
  if (counted.length === 0) return undefined;
  const samples = Float64Array.from(counted.flatMap(({ samplesMs }) => samplesMs)).toSorted();
  const sorted = Array.from(samples);
  return {
    unit: "ms",
    median: median(counted.map(({ medianMs }) => medianMs)),
    ci95: bootstrapMedian(counted, resamples, random),
    min: minSorted(sorted),
    p90: sorted.length >= p90MinInferences ? quantileSorted(sorted, 0.9) : null,
    blocks: counted.length,
    inferences: sorted.length,
  };
}

function bootstrapMedian(blocks: readonly Block[], resamples: number, random: Random): [number, number] {
  const sets = [...Map.groupBy(blocks, ({ set }) => set).values()].map((set) =>
    set.map(({ medianMs }) => medianMs),
  );
  const medians = Array.from({ length: resamples }, () =>
    median(resample(sets, random).flatMap((set) => resample(set, random))),
  );
  const sorted = Array.from(Float64Array.from(medians).toSorted());
  return [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)];
}

function resample<T>(values: readonly T[], random: Random): T[] {
  return values.map(() => values[Math.floor(random() * values.length)]!);
}
