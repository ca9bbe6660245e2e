import { SEQUENTIAL_RULE, type PairProtocol, type Protocol } from "@mobilenet-bench/results";
import { PROTOCOLS } from "../protocol.ts";

/** How pairs are recorded and judged, the same for every comparison. */
export const PAIR_PROTOCOL: PairProtocol = {
  warmUpMs: 80,
  blockMs: 20,
  rounds: 24,
  roundsMs: 2400,
  leastRounds: 3,
  threadsPauseMs: PROTOCOLS.standard.pauseMs,
  looks: [...SEQUENTIAL_RULE.looks],
  alpha: SEQUENTIAL_RULE.alpha,
  margin: SEQUENTIAL_RULE.margin,
};

/**
 * How many rounds a pair has: neighbours on a shared machine come and go from one block to the next, so that many short
 * blocks in turns tell more than few long ones; where inferences are long, as many as the time allows.
 * @param inferenceMs of the slower side
 */
export function roundsOf(
  { blockMs, rounds, roundsMs, leastRounds }: Omit<PairProtocol, "looks" | "alpha" | "margin">,
  inferenceMs: number,
  pauseMs = 0,
): number {
  // Of each side a block, which has two inferences at least.
  const roundMs = 2 * (Math.max(blockMs, 2 * inferenceMs) + pauseMs);
  return Math.max(Math.min(leastRounds, rounds), Math.min(rounds, Math.floor(roundsMs / roundMs)));
}

/** The same in the words of a cell's protocol: what runners are asked for. */
export function cellProtocol({ warmUpMs, blockMs, rounds }: PairProtocol): Protocol {
  return {
    ...PROTOCOLS.standard,
    sets: 1,
    rounds,
    blockMs,
    // So long, and no longer: no two medians agree that well.
    warmUp: { tolerance: 0, capMs: warmUpMs },
    // What disturbs one of two blocks that follow each other shows in the difference, and the interval is exact whatever
    // the distribution: no block is left out for it.
    maxSteal: 1,
    maxThrottled: 1,
    maxCpuPressure: 1,
  };
}
