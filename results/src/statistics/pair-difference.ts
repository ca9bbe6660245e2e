import { median } from "simple-statistics";

/** The times of a block's inferences in order, in milliseconds. */
export type BlockSamples = readonly number[];

/**
 * What one pair of processes says: ln of the candidate's time over the base's. Round by round the medians of their two
 * blocks are divided, which cancels what both saw of the machine, and the median over the rounds is taken, which one burst
 * cannot move. The first inference of a block finds caches as the other process left them, and does not count.
 * @param base a block per round
 * @param candidate of the same rounds in the same order
 * @throws RangeError where there is no round, the rounds differ in number, a block has fewer than two inferences, or a
 * time is not above 0
 */
export function pairDifference(base: readonly BlockSamples[], candidate: readonly BlockSamples[]): number {
  if (base.length === 0 || base.length !== candidate.length)
    throw new RangeError(
      `[results] ${base.length} blocks of the base, ${candidate.length} of the candidate. Give one of each per round.`,
    );
  return median(base.map((block, round) => Math.log(settled(candidate[round] ?? []) / settled(block))));
}

/** The median of a block without its first inference. */
function settled(samples: BlockSamples): number {
  const [, ...counted] = samples;
  if (counted.length === 0)
    throw new RangeError(
      `[results] A block of ${samples.length} inferences, of which the first does not count. Measure two or more.`,
    );
  const ms = median(counted);
  if (!(ms > 0 && ms < Infinity))
    throw new RangeError(`[results] A block of ${ms} ms per inference. Measure with a finer clock.`);
  return ms;
}
