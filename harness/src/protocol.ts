import type { Protocol } from "@mobilenet-bench/results";

const BASE = {
  settle: true,
  pauseMs: 50,
  warmUp: { tolerance: 0.05, capMs: 4000 },
  maxSteal: 0.05,
  maxThrottled: 0.05,
  maxCpuPressure: 0.25,
  deadlineMs: { open: 120_000, block: 60_000 },
  resamples: 2000,
  p90MinInferences: 64,
} as const;

/** Eight processes of every cell, a short one in each set: what differs from process to process and with time shows. */
const SPREAD = { ...BASE, sets: 8, rounds: 6, blockMs: 40 } as const;

/** How long and how often to look: the rest of the protocol is the same for all. */
export const PROTOCOLS = {
  /** Minutes matter: enough blocks for an interval of a few per cent. */
  quick: {
    ...BASE,
    sets: 2,
    coldStarts: 1,
    rounds: 5,
    blockMs: 50,
    warmUp: { tolerance: 0.1, capMs: 1500 },
  },
  standard: { ...SPREAD, coldStarts: 3 },
  /** For publication: warmed up for longer, and each cold start told by as many processes as there are sets. */
  thorough: { ...SPREAD, coldStarts: 8, warmUp: { tolerance: 0.03, capMs: 10_000 } },
} satisfies Record<string, Protocol>;

/** As `--protocol` and suites name it. */
export type ProtocolName = keyof typeof PROTOCOLS;
