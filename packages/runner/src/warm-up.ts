import { median } from "simple-statistics";
import type { Protocol } from "@mobilenet-bench/results";
import type { WarmUp } from "./jobs.ts";

/** Blocks of the warm-up are shorter than measured ones, so that fast cells settle in several of them. */
const SHARE_OF_BLOCK = 1 / 4;

/**
 * Infers in blocks until the medians of successive blocks differ by no more than the tolerance twice in a row, or
 * until the cap: engines compile in several tiers, so one agreement may be a plateau.
 * @param time milliseconds of each of so many inferences
 * @param now milliseconds, any origin
 */
export async function warmUp(
  time: (inferences: number) => Promise<number[]>,
  { warmUp: { tolerance, capMs }, blockMs }: Pick<Protocol, "warmUp" | "blockMs">,
  now: () => number = () => performance.now(),
): Promise<Omit<WarmUp, "worst">> {
  const deadline = now() + capMs;
  let inferences = 0;
  let agreements = 0;
  let previousMs: number | undefined;
  for (;;) {
    const count = previousMs === undefined ? 1 : inferencesPerBlock(previousMs, blockMs * SHARE_OF_BLOCK);
    const medianMs = median(await time(count));
    inferences += count;
    const agrees = previousMs !== undefined && Math.abs(medianMs - previousMs) <= tolerance * previousMs;
    agreements = agrees ? agreements + 1 : 0;
    if (agreements >= 2) return { inferences, stable: true, medianMs };
    if (now() >= deadline) return { inferences, stable: false, medianMs };
    previousMs = medianMs;
  }
}

/** As many inferences as fill the time of a block, at least one. */
export function inferencesPerBlock(inferenceMs: number, blockMs: number): number {
  return Math.max(1, Math.ceil(blockMs / Math.max(inferenceMs, 1e-3)));
}
