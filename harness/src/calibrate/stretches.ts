import type { CalibrationStart } from "@mobilenet-bench/results";
import { randomOf } from "../run/shuffled.ts";
import { shuffled } from "../run/shuffled.ts";

/** Pairs of one cell with one slow-down that are recorded one after the other, as those of a comparison are. */
export interface Stretch {
  readonly cell: string;
  readonly slowDown: number;
  /** Numbers of its pairs: from, and up to but not with. */
  readonly from: number;
  readonly to: number;
}

/**
 * The order of a calibration, the same each time: round by round a stretch of every series, in random order, so that a
 * rough hour of the machine does not fall on one of them alone.
 */
export function stretchesOf(
  start: Pick<CalibrationStart, "cells" | "slowDowns" | "pairs" | "stretch" | "seed">,
): Stretch[] {
  const { cells, slowDowns, pairs, stretch, seed } = start;
  const random = randomOf(seed, "stretches");
  const series = cells.flatMap((cell) => slowDowns.map((slowDown) => ({ cell, slowDown })));
  return Array.from({ length: Math.ceil(pairs / stretch) }, (_, i) => i * stretch).flatMap((from) =>
    shuffled(series, random).map((one) => ({ ...one, from, to: Math.min(pairs, from + stretch) })),
  );
}
