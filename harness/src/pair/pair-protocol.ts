import { SEQUENTIAL_RULE, type PairProtocol, type Protocol } from "@mobilenet-bench/results";
import { PROTOCOLS } from "../protocol.ts";

/** How pairs are recorded and judged, the same for every comparison. */
export const PAIR_PROTOCOL: PairProtocol = {
  warmUpMs: 80,
  blockMs: 40,
  rounds: 6,
  slowMs: 300,
  slowRounds: 3,
  threadsPauseMs: PROTOCOLS.standard.pauseMs,
  looks: [...SEQUENTIAL_RULE.looks],
  alpha: SEQUENTIAL_RULE.alpha,
  margin: SEQUENTIAL_RULE.margin,
};

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
