import { openStyleProcess, type Outcome, type StyleProcess } from "./style-process.ts";
import { PEAK_STYLES, type PeakStyle } from "./styles.ts";

/** What measuring one style gave. */
export type Peak = { readonly style: PeakStyle } & (
  | {
      readonly available: true;
      /** 1e9 multiply–adds per second on one thread. */
      readonly gmacs: number;
      /** Which kernel reached it. */
      readonly kernel: string;
    }
  /** `fault`: nothing is wanting here, but measuring failed. */
  | { readonly available: false; readonly reason: string; readonly fault: boolean }
);

const ALL_STYLES = Object.keys(PEAK_STYLES) as PeakStyle[];
/** Below this share of the fastest style, no busy moment but a whole machine taken away explains another one's rate. */
const CONTENDS = 0.5;

/** The styles that may be the fastest one of this machine, given what was measured before, and those that were not. */
export function contenders(rates: Readonly<Record<string, number>>): PeakStyle[] {
  const best = Math.max(0, ...Object.values(rates));
  return ALL_STYLES.filter((style) => (rates[style] ?? best) >= CONTENDS * best);
}

/** Rounds over all styles, so that a busy moment does not hit all that is seen of one. */
const ROUNDS = 6;
/** Native code needs many more to show its best (after six rounds it still gains up to 15 %): so many at most, … */
const MORE_ROUNDS = 18;
/** … until in so many … */
const STABLE_ROUNDS = 3;
/** … the best of all gained no more than this share. */
const STABLE = 0.01;
/** Styles above this share of the fastest may still pass it. */
const LEADS = 0.8;
/** How long each kernel of a style is measured in a round. */
const MILLISECONDS = 12;

/**
 * This machine's reachable peak for each style on one thread: the best of many short samples, each checked. Every style
 * has a process of its own; they are measured in turns, one at a time, and have ended when this returns.
 */
export async function measurePeaks(
  styles: readonly PeakStyle[] = ALL_STYLES,
  open: (style: PeakStyle) => StyleProcess = openStyleProcess,
): Promise<Peak[]> {
  const processes = new Map<PeakStyle, StyleProcess>();
  const outcomes = new Map<PeakStyle, Outcome>();
  try {
    for (const style of styles) processes.set(style, open(style));
    // Loading is not measured, so all may do it at once.
    await Promise.all(
      Array.from(processes, async ([style, process]) => {
        const outcome = await process.opened();
        outcomes.set(style, outcome);
      }),
    );
    const measureRound = async (of: (outcome: Outcome) => boolean) => {
      for (const [style, process] of processes) {
        const outcome = outcomes.get(style);
        if (outcome && of(outcome))
          outcomes.set(style, await process.measure({ milliseconds: MILLISECONDS }));
      }
      return Math.max(0, ...Array.from(outcomes.values(), rateOf));
    };
    const bests: number[] = [];
    while (bests.length < ROUNDS)
      bests.push(await measureRound(({ state }) => state === "ready" || state === "measured"));
    while (bests.length < ROUNDS + MORE_ROUNDS && !isStable(bests)) {
      const best = bests.at(-1) ?? 0;
      bests.push(await measureRound((outcome) => rateOf(outcome) >= LEADS * best && rateOf(outcome) > 0));
    }
  } finally {
    await Promise.all([...processes.values()].map((process) => process.kill()));
  }
  return styles.flatMap((style) => {
    const outcome = outcomes.get(style);
    return outcome ? [{ style, ...resultOf(outcome) }] : [];
  });
}

function rateOf(outcome: Outcome): number {
  return outcome.state === "measured" ? outcome.gmacs : 0;
}

/** @param bests the highest rate so far after each round, ascending */
function isStable(bests: readonly number[]): boolean {
  const [last = 0, earlier = 0] = [bests.at(-1), bests.at(-1 - STABLE_ROUNDS)];
  return last <= (1 + STABLE) * earlier;
}

function resultOf(outcome: Outcome) {
  switch (outcome.state) {
    case "measured":
      return { available: true, gmacs: outcome.gmacs, kernel: outcome.kernel } as const;
    case "unsupported":
      return { available: false, reason: outcome.reason, fault: false } as const;
    case "failed":
      return { available: false, reason: outcome.reason, fault: true } as const;
    case "ready":
      return { available: false, reason: "It was not measured.", fault: true } as const;
  }
}
