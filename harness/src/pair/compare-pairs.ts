import {
  decide,
  differenceOf,
  type Pair,
  type PairedComparison,
  type PairProtocol,
} from "@mobilenet-bench/results";

/**
 * What pairs amount to so far, or in the end: the first look that decides holds, and what came after it does not count.
 * @param pairs of one comparison, in order
 * @throws RangeError where there are none
 */
export function comparePairs(pairs: readonly Pair[], protocol: PairProtocol): PairedComparison {
  const { interval, pairs: count, ...decision } = decide(pairs.map(differenceOf), protocol);
  const counted = pairs.slice(0, count);
  const unpinned = counted.find((pair) => pair.unpinned !== undefined)?.unpinned;
  return {
    ...decision,
    ...(interval && { interval: [...interval] }),
    margin: protocol.margin,
    pairs: count,
    rounds: Math.min(...counted.map(({ baseMs }) => baseMs.length)),
    seconds: counted.reduce((sum, { seconds }) => sum + seconds, 0),
    ...(unpinned !== undefined && { unpinned }),
  };
}
